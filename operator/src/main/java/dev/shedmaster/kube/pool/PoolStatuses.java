package dev.shedmaster.kube.pool;

import dev.shedmaster.api.v1alpha1.Api;
import dev.shedmaster.api.v1alpha1.Budget;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.Decision;
import dev.shedmaster.api.v1alpha1.UnavailableOffering;
import dev.shedmaster.api.v1alpha1.WaitingJob;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.api.v1alpha1.WorkerPoolStatus;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.Hold;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.PoolPlan.PoolCounts;
import dev.shedmaster.core.planning.Reason;
import dev.shedmaster.kube.fleet.Decisions;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.port.PortError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a pool's status from the newest plan. */
final class PoolStatuses {
    private static final PoolCounts NOTHING = new PoolCounts(0, 0, 0, 0, 0, 0, 0, 0);
    private static final int MOST_DECISIONS = 50;

    private final BlueprintBook blueprints;

    PoolStatuses(BlueprintBook blueprints) {
        this.blueprints = blueprints;
    }

    /**
     * The pool's status now.
     *
     * @param plan what the newest plan says of it, null if none has looked at it yet
     * @param decided what was decided since the status was last told
     */
    WorkerPoolStatus tell(
            WorkerPool pool,
            @Nullable PoolPlan plan,
            List<Decisions.Decided> decided,
            OfferingMemory memory,
            Instant now) {
        WorkerPoolStatus before = pool.getStatus() == null ? WorkerPoolStatus.initial() : pool.getStatus();
        PortError problem = blueprints.problem(Names.of(pool)).orElse(null);
        PoolCounts counts = plan == null ? NOTHING : plan.counts();
        Conditions conditions =
                new Conditions(before.conditions(), pool.getMetadata().getGeneration(), now);
        PoolBlueprint blueprint = blueprints.find(Names.of(pool)).orElse(null);
        tellReady(conditions, pool, problem, blueprint, blocker(plan), memory, now);
        tellScaling(conditions, plan);
        return new WorkerPoolStatus(
                pool.getMetadata().getGeneration(),
                conditions.list(),
                counts.queued(),
                counts.idle(),
                counts.busy(),
                counts.starting(),
                counts.draining(),
                counts.failed(),
                counts.workers(),
                counts.desired(),
                problem == null ? size(plan) : problem.message(),
                plan == null
                        ? List.of()
                        : plan.waiting().stream().map(PoolStatuses::waiting).toList(),
                decisions(before.decisions(), decided),
                unavailable(pool, memory, now),
                Api.POOL_LABEL + "=" + pool.getMetadata().getName());
    }

    /** How the size comes about, which the first reason tells, and for what idle workers are kept. */
    private static @Nullable String size(@Nullable PoolPlan plan) {
        return plan == null || plan.reasons().isEmpty()
                ? null
                : Stream.concat(
                                plan.reasons().stream().limit(1),
                                plan.reasons().stream().skip(1).filter(PoolStatuses::keepsIdleWorkers))
                        .map(Reason::text)
                        .collect(Collectors.joining("; "));
    }

    private static boolean keepsIdleWorkers(Reason reason) {
        return reason instanceof Hold.Keeping;
    }

    /** What keeps the plan from having workers made, although the pool's spec is fine. */
    private static Optional<Hold.Blocked> blocker(@Nullable PoolPlan plan) {
        return plan == null
                ? Optional.empty()
                : plan.reasons().stream()
                        .filter(Hold.Blocked.class::isInstance)
                        .map(Hold.Blocked.class::cast)
                        .findFirst();
    }

    private static void tellReady(
            Conditions conditions,
            WorkerPool pool,
            @Nullable PortError problem,
            @Nullable PoolBlueprint blueprint,
            Optional<Hold.Blocked> blocker,
            OfferingMemory memory,
            Instant now) {
        if (problem != null && blueprint == null) {
            conditions.fails(Condition.READY, reason(problem), problem.message());
            return;
        }
        String told = problem == null ? "" : "; " + problem.message();
        if (blocker.isPresent()) {
            conditions.fails(
                    Condition.READY, blocker.get().code(), blocker.get().blocker() + told);
            return;
        }
        Map<String, Optional<Blockage>> accounts = blueprint == null ? Map.of() : closings(blueprint, memory, now);
        String closed = accounts.entrySet().stream()
                .flatMap(account -> account.getValue().stream().map(known -> account.getKey() + ": " + known.why()))
                .collect(Collectors.joining("; "));
        boolean isServed = accounts.isEmpty() || accounts.containsValue(Optional.<Blockage>empty());
        if (!isServed) {
            conditions.fails(Condition.READY, "AccountRefuses", "no account takes orders: " + closed + told);
        } else {
            conditions.holds(
                    Condition.READY,
                    "Ready",
                    (problem == null ? "workers can be made" : "workers are made as before")
                            + (closed.isEmpty() ? "" : ", though not by " + closed)
                            + told
                            + (blueprint == null ? "" : uncounted(pool, blueprint)));
        }
    }

    /** What a budget cannot count, as the end of a sentence; empty if it counts all, or if there is none. */
    private static String uncounted(WorkerPool pool, PoolBlueprint blueprint) {
        Budget budget = pool.getSpec().scaling().budget();
        if (budget == null) {
            return "";
        }
        String unpriced = blueprint.ladder().stream()
                .filter(offering -> !offering.hasPrice())
                .map(offering -> offering.size() + " of account " + offering.account())
                .distinct()
                .collect(Collectors.joining(", "));
        return unpriced.isEmpty()
                ? ""
                : (budget.hour().hard() == null
                                ? "; its budget does not count "
                                : "; its hard budget lets none be made of ")
                        + unpriced + ", whose price is not known: set it in spec.prices of the AzureSubscription";
    }

    /** Why the pool's accounts do not serve it, in the order in which they are tried; nothing of those that do. */
    private static Map<String, Optional<Blockage>> closings(
            PoolBlueprint blueprint, OfferingMemory memory, Instant now) {
        Map<String, Optional<Blockage>> closings = new LinkedHashMap<>();
        blueprint
                .ladder()
                .forEach(offering ->
                        closings.computeIfAbsent(offering.account(), account -> memory.closing(account, now)));
        return closings;
    }

    /** Only what is read can be wrong. */
    private static String reason(PortError problem) {
        return switch (problem) {
            case PortError.Transient t -> "Unreadable";
            case PortError.Later l -> "Unreadable";
            case PortError.Unauthorized u -> "Unreadable";
            case PortError.NotFound n -> "Misconfigured";
            case PortError.AlreadyExists a -> "Misconfigured";
            case PortError.CapacityExhausted c -> "Misconfigured";
            case PortError.QuotaExceeded q -> "Misconfigured";
            case PortError.Invalid i -> "Misconfigured";
        };
    }

    /** Scaling fails when something keeps the pool from the size that it should have; each of those has a reason. */
    private static void tellScaling(Conditions conditions, @Nullable PoolPlan plan) {
        if (plan == null) {
            conditions.unknown(Condition.SCALING, "NotPlannedYet", "the first plan for the pool is still to come");
            return;
        }
        List<Hold.Hindrance> holds = plan.hindrances();
        if (holds.isEmpty()) {
            conditions.holds(Condition.SCALING, "Unhindered", "the pool has or gets the size that it should have");
            return;
        }
        conditions.fails(
                Condition.SCALING,
                holds.getFirst().code(),
                String.join("; ", holds.stream().map(Hold::text).toList()));
    }

    private static WaitingJob waiting(PoolPlan.WaitingJob waiting) {
        return new WaitingJob(
                waiting.job().name(), waiting.job().queuedAt(), waiting.why().text());
    }

    private static List<Decision> decisions(List<Decision> before, List<Decisions.Decided> decided) {
        List<Decision> all = new ArrayList<>();
        for (Decisions.Decided one : decided.reversed()) {
            all.add(new Decision(
                    one.at(),
                    (one.created() ? "+" : "-") + one.workers() + ": "
                            + one.why().text(),
                    one.why().code()));
        }
        all.addAll(before);
        return all.stream().limit(MOST_DECISIONS).toList();
    }

    private List<UnavailableOffering> unavailable(WorkerPool pool, OfferingMemory memory, Instant now) {
        Stream<Blockage> blockages = blueprints.find(Names.of(pool)).stream()
                .flatMap(blueprint -> memory.blockages().stream()
                        .filter(blockage -> blockage.until().isAfter(now))
                        .filter(blockage -> blueprint.ladder().stream()
                                .anyMatch(offering -> blockage.scope().covers(offering, blueprint.templateHash()))));
        return blockages
                .map(blockage -> new UnavailableOffering(blockage.scope().describe(), blockage.until(), blockage.why()))
                .toList();
    }
}
