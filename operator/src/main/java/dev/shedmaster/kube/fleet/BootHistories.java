package dev.shedmaster.kube.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How the latest workers of each pool came up: what the planner's failure circuit is fed with. What was made from a former
 * template says nothing of the present one.
 */
public final class BootHistories {

    /**
     * How a pool's latest workers came up.
     *
     * @param failuresInARow since the last one that connected
     * @param lastFailure when the last one failed
     * @param why why it failed
     */
    public record History(int failuresInARow, Instant lastFailure, String why) {}

    private record Make(String pool, String templateHash) {}

    private final Map<Make, History> histories = new ConcurrentHashMap<>();

    public void failed(String pool, String templateHash, String why, Instant now) {
        histories.merge(
                new Make(pool, templateHash),
                new History(1, now, why),
                (before, first) -> new History(before.failuresInARow + 1, first.lastFailure, first.why));
    }

    public void connected(String pool, String templateHash) {
        histories.remove(new Make(pool, templateHash));
    }

    /** The pool is gone: another one of its name begins afresh. */
    public void removed(String pool) {
        histories.keySet().removeIf(make -> make.pool.equals(pool));
    }

    /** Of the pool's workers that were made from this template; empty if the last one connected, or there was none. */
    public Optional<History> find(String pool, String templateHash) {
        return Optional.ofNullable(histories.get(new Make(pool, templateHash)));
    }
}
