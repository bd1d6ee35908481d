package dev.shedmaster.kube.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How long workers have waited for their turns among our own calls. What this process has not seen does not count. */
final class Turns {
    /**
     * A worker's waits.
     *
     * @param before those that are over, together
     * @param since when the one began that goes on; null if none does
     */
    private record Waits(Duration before, @Nullable Instant since) {
        Duration until(Instant now) {
            return since == null || now.isBefore(since) ? before : before.plus(Duration.between(since, now));
        }
    }

    private final Map<String, Waits> workers = new ConcurrentHashMap<>();

    /** It was told to wait, for the first time or again. */
    void waits(String worker, Instant now) {
        workers.compute(
                worker,
                (name, known) -> known == null
                        ? new Waits(Duration.ZERO, now)
                        : known.since == null ? new Waits(known.before, now) : known);
    }

    /** It has had its turn, whatever came of it. */
    void came(String worker, Instant now) {
        workers.computeIfPresent(worker, (name, known) -> new Waits(known.until(now), null));
    }

    Duration waitedFor(String worker, Instant now) {
        Waits known = workers.get(worker);
        return known == null ? Duration.ZERO : known.until(now);
    }

    void forget(String worker) {
        workers.remove(worker);
    }
}
