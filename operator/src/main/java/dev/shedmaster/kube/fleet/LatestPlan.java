package dev.shedmaster.kube.fleet;

import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.UnmatchedDemand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The newest plan, for those who tell people about it. */
public final class LatestPlan {

    private final Consumer<String> onPoolChange;
    private final Consumer<String> onSourceChange;
    private volatile Map<String, PoolPlan> pools = Map.of();
    private volatile List<UnmatchedDemand> unmatched = List.of();

    /**
     * Nothing is planned yet.
     *
     * @param onPoolChange is told the names of pools of which a plan says something new
     * @param onSourceChange is told the names of CI systems whose unmatched demand changed
     */
    public LatestPlan(Consumer<String> onPoolChange, Consumer<String> onSourceChange) {
        this.onPoolChange = onPoolChange;
        this.onSourceChange = onSourceChange;
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

    /** From now on this plan is the newest; who is concerned is told. */
    public void publish(FleetPlan plan) {
        Map<String, PoolPlan> before = pools;
        List<UnmatchedDemand> unmatchedBefore = unmatched;
        pools = plan.pools().stream().collect(Collectors.toUnmodifiableMap(PoolPlan::pool, pool -> pool));
        unmatched = plan.unmatched();
        plan.pools().stream()
                .filter(pool -> !pool.equals(before.get(pool.pool())))
                .forEach(pool -> onPoolChange.accept(pool.pool()));
        if (!unmatchedBefore.equals(unmatched)) {
            Set<String> sources = Stream.concat(unmatchedBefore.stream(), unmatched.stream())
                    .map(UnmatchedDemand::source)
                    .collect(Collectors.toSet());
            sources.forEach(onSourceChange);
        }
    }
}
