package dev.shedmaster.core.planning;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to do now, and why. Every queued job is in exactly one pool's {@code counts.queued} or in {@code unmatched}.
 *
 * @param pools each pool's part, by name
 * @param unmatched what no pool serves
 * @param removalCandidates to be handed back with the next view, see {@link FleetView#removalCandidates}
 * @param nextLook when time alone may change the plan; null if it cannot. Until then the same view gives the same
 *     creations and removals
 */
public record FleetPlan(
        List<PoolPlan> pools,
        List<UnmatchedDemand> unmatched,
        Map<String, Instant> removalCandidates,
        @Nullable Instant nextLook) {}
