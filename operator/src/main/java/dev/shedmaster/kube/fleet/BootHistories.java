package dev.shedmaster.kube.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How the latest workers of each pool came up: what the planner's failure circuit is fed with. */
public final class BootHistories {

    /**
     * How a pool's latest workers came up.
     *
     * @param failuresInARow since the last one that connected
     * @param lastFailure when the last one failed
     * @param why why it failed
     */
    public record History(int failuresInARow, Instant lastFailure, String why) {}

    private final Map<String, History> byPool = new ConcurrentHashMap<>();

    public void failed(String pool, String why, Instant now) {
        byPool.merge(
                pool,
                new History(1, now, why),
                (before, first) -> new History(before.failuresInARow + 1, first.lastFailure, first.why));
    }

    public void connected(String pool) {
        byPool.remove(pool);
    }

    public Map<String, History> current() {
        return Map.copyOf(byPool);
    }
}
