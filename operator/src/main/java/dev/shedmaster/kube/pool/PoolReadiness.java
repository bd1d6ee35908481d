package dev.shedmaster.kube.pool;

import dev.shedmaster.api.v1alpha1.Budget;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.Hold;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.Reason;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.port.PortError;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of a pool whether workers can be made for it, and if not, what to do: the condition Ready. */
final class PoolReadiness {
    private PoolReadiness() {}

    /**
     * Tells the condition.
     *
     * @param problem what kept the newest blueprint from being drawn, null if nothing did
     * @param blueprint what workers are made by, null if there is none
     * @param plan the newest plan for the pool, null if there is none yet
     */
    static void tell(
            Conditions conditions,
            WorkerPool pool,
            @Nullable PortError problem,
            @Nullable PoolBlueprint blueprint,
            @Nullable PoolPlan plan,
            OfferingMemory memory,
            Instant now) {
        if (problem != null && blueprint == null) {
            conditions.fails(Condition.READY, reason(problem), problem.message());
            return;
        }
        String told = problem == null ? "" : "; " + problem.message();
        Optional<Hold.Blocked> blocker = blocker(plan);
        if (blocker.isPresent()) {
            conditions.fails(
                    Condition.READY, blocker.get().code(), blocker.get().blocker() + told);
            return;
        }
        List<String> unfit = unfit(plan);
        boolean isOnHostsAlone = blueprint != null
                && blueprint.ladder().stream().allMatch(offering -> offering.slot() != null)
                && blueprint.ladder().size() == unfit.size();
        if (isOnHostsAlone && !unfit.isEmpty()) {
            conditions.fails(Condition.READY, "HostsUnfit", String.join("; ", unfit) + told);
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
                            + (unfit.isEmpty() ? "" : ", though not everywhere: " + String.join("; ", unfit))
                            + told
                            + (blueprint == null ? "" : uncounted(pool, blueprint)));
        }
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

    /** The placements whose hosts never take a worker as they are, each with what to do. */
    private static List<String> unfit(@Nullable PoolPlan plan) {
        return plan == null
                ? List.of()
                : plan.reasons().stream()
                        .filter(Hold.HostsUnfit.class::isInstance)
                        .map(Reason::text)
                        .toList();
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
}
