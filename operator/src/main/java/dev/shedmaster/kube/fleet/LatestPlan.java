package dev.shedmaster.kube.fleet;

import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.Reason;
import dev.shedmaster.core.planning.UnmatchedDemand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The newest plan, for those who tell people about it. */
public final class LatestPlan {

    /**
     * Something that a plan decided, for a pool's history.
     *
     * @param at when
     * @param why one of the planner's reasons, with the number of workers that it is about
     */
    public record Decided(Instant at, int workers, boolean created, Reason why) {}

    private final Consumer<String> onPoolChange;
    private final Consumer<String> onSourceChange;
    private final Map<String, List<Decided>> undelivered = new HashMap<>();
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

    /** What was decided for a pool and not yet taken, oldest first. */
    public List<Decided> take(String pool) {
        synchronized (undelivered) {
            List<Decided> decided = undelivered.remove(pool);
            return decided == null ? List.of() : decided;
        }
    }

    /** What was taken could not be told after all: it is to be taken again. */
    public void giveBack(String pool, List<Decided> decided) {
        if (!decided.isEmpty()) {
            synchronized (undelivered) {
                undelivered.computeIfAbsent(pool, p -> new ArrayList<>()).addAll(0, decided);
            }
        }
    }

    /** From now on this plan is the newest; who is concerned is told. */
    public void publish(FleetPlan plan, Instant now) {
        Map<String, PoolPlan> before = pools;
        List<UnmatchedDemand> unmatchedBefore = unmatched;
        pools = plan.pools().stream().collect(Collectors.toUnmodifiableMap(PoolPlan::pool, pool -> pool));
        unmatched = plan.unmatched();
        plan.pools().forEach(pool -> remember(pool, now));
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

    private void remember(PoolPlan pool, Instant now) {
        List<Decided> decided = new ArrayList<>();
        if (!pool.creations().isEmpty()) {
            decided.add(new Decided(
                    now,
                    pool.creations().size(),
                    true,
                    pool.creations().getFirst().why()));
        }
        if (!pool.removals().isEmpty()) {
            decided.add(new Decided(
                    now,
                    pool.removals().size(),
                    false,
                    pool.removals().getFirst().why()));
        }
        if (!decided.isEmpty()) {
            synchronized (undelivered) {
                undelivered.computeIfAbsent(pool.pool(), p -> new ArrayList<>()).addAll(decided);
            }
        }
    }
}
