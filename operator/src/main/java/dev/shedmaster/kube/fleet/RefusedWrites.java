package dev.shedmaster.kube.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pools of which the API server took no new worker when that was tried last: a quota, a policy or a right speaks against it.
 * They are passed over for a while, and say so.
 */
final class RefusedWrites {
    /** What a person changes takes about that long; and a pool that may have nothing is asked about twice a minute. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /** What is wanted still is tried again by then: a refusal that is older says nothing of the next try. */
    private static final Duration KEPT = PAUSE.multipliedBy(2);

    private record Refusal(String why, Instant at) {}

    private final Map<String, Refusal> pools = new ConcurrentHashMap<>();

    void refused(String pool, String why, Instant now) {
        pools.values().removeIf(refusal -> isOver(refusal, KEPT, now));
        pools.put(pool, new Refusal(why, now));
    }

    /** A worker of the pool was taken. */
    void taken(String pool) {
        pools.remove(pool);
    }

    /** Whether the last try was refused, and not long ago. */
    boolean lasts(String pool, Instant now) {
        Refusal refusal = pools.get(pool);
        return refusal != null && !isOver(refusal, KEPT, now);
    }

    /** Why nothing is tried for the pool now. */
    Optional<String> hindrance(String pool, Instant now) {
        return Optional.ofNullable(pools.get(pool))
                .filter(refusal -> !isOver(refusal, PAUSE, now))
                .map(refusal -> "the API server takes no new worker: " + refusal.why + "; it is asked again within "
                        + PAUSE.toSeconds() + " s");
    }

    private static boolean isOver(Refusal refusal, Duration after, Instant now) {
        return !now.isBefore(refusal.at.plus(after));
    }
}
