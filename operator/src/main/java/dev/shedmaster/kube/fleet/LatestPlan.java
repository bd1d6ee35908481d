package dev.shedmaster.kube.fleet;

import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.UnmatchedDemand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The newest plan, for those who tell people about it. */
public final class LatestPlan {
    private volatile Map<String, PoolPlan> pools = Map.of();
    private volatile List<UnmatchedDemand> unmatched = List.of();

    void publish(FleetPlan plan) {
        pools = plan.pools().stream().collect(Collectors.toUnmodifiableMap(PoolPlan::pool, pool -> pool));
        unmatched = plan.unmatched();
    }

    /** What it says of a pool; nothing before the first plan that knew the pool. */
    public Optional<PoolPlan> pool(String name) {
        return Optional.ofNullable(pools.get(name));
    }

    /** The demand of a CI system that no pool serves. */
    public List<UnmatchedDemand> unmatched(String source) {
        return unmatched.stream()
                .filter(demand -> demand.source().equals(source))
                .toList();
    }
}
