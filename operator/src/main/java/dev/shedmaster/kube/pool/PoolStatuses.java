package dev.shedmaster.kube.pool;

import dev.shedmaster.api.v1alpha1.Api;
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
import java.util.List;
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
        PoolReadiness.tell(conditions, pool, problem, blueprint, plan, memory, now);
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
