package dev.shedmaster.kube.fleet;

import dev.shedmaster.core.planning.BootHistory;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How the latest workers of each pool came up: what the planner's failure circuit is fed with. What was made from a former
 * template says nothing of the present one.
 */
public final class BootHistories {

    private record Make(String pool, String templateHash) {}

    private final Map<Make, BootHistory> histories = new ConcurrentHashMap<>();

    public void failed(String pool, String templateHash, String why, Instant now) {
        histories.merge(
                new Make(pool, templateHash),
                new BootHistory(1, now, why),
                (before, first) ->
                        new BootHistory(before.consecutiveFailures() + 1, first.lastFailure(), first.lastFailureWhy()));
    }

    public void connected(String pool, String templateHash) {
        histories.remove(new Make(pool, templateHash));
    }

    /** The pool is gone: another one of its name begins afresh. */
    public void removed(String pool) {
        histories.keySet().removeIf(make -> make.pool.equals(pool));
    }

    /** Of the pool's workers that were made from this template. */
    public BootHistory of(String pool, String templateHash) {
        return histories.getOrDefault(new Make(pool, templateHash), BootHistory.NONE);
    }
}
