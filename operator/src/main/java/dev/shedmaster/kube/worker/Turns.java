package dev.shedmaster.kube.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long workers have waited, as far as this process has seen, for what says nothing of their machines: their turns among our own
 * calls, their registration. A wait for anything else after a turn was due does not count.
 */
final class Turns {
    /**
     * A worker's waits.
     *
     * @param before those that are over, together
     * @param since when the newest one began
     * @param due when it ends, at the latest
     */
    private record Waits(Duration before, Instant since, Instant due) {
        Duration until(Instant now) {
            Instant end = now.isBefore(due) ? now : due;
            return end.isAfter(since) ? before.plus(Duration.between(since, end)) : before;
        }
    }

    private final Map<String, Waits> workers = new ConcurrentHashMap<>();

    /** It was told to wait for so long. */
    void waits(String worker, Instant now, Duration wait) {
        workers.compute(
                worker,
                (name, known) -> new Waits(known == null ? Duration.ZERO : known.until(now), now, now.plus(wait)));
    }

    /** It has had its turn, whatever came of it. */
    void came(String worker, Instant now) {
        workers.computeIfPresent(worker, (name, known) -> new Waits(known.until(now), now, now));
    }

    boolean isWaiting(String worker, Instant now) {
        Waits known = workers.get(worker);
        return known != null && now.isBefore(known.due());
    }

    Duration waitedFor(String worker, Instant now) {
        Waits known = workers.get(worker);
        return known == null ? Duration.ZERO : known.until(now);
    }

    void forget(String worker) {
        workers.remove(worker);
    }
}
