package dev.shedmaster.kube.worker;

import dev.shedmaster.core.worker.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long workers have waited, as far as this process has seen, for what says nothing of their machines: their turns among our own
 * calls, their registration. A wait for anything else after such a wait was due to end does not count.
 */
final class Waits {
    /** What a worker was told to wait for. */
    enum For {
        TURN,
        REGISTRATION
    }

    /**
     * A worker's waits.
     *
     * @param before those that are over
     * @param since when the newest one began
     * @param due when it ends, at the latest
     * @param reason what the newest one is for
     */
    private record Known(Held before, Instant since, Instant due, For reason) {
        Held until(Instant now) {
            Instant end = now.isBefore(due) ? now : due;
            if (!end.isAfter(since)) {
                return before;
            }
            Duration newest = Duration.between(since, end);
            return switch (reason) {
                case TURN -> new Held(before.byUs().plus(newest), before.unregistered());
                case REGISTRATION ->
                    new Held(before.byUs(), before.unregistered().plus(newest));
            };
        }
    }

    private final Map<String, Known> workers = new ConcurrentHashMap<>();

    /** It was told to wait for so long. */
    void begins(String worker, For reason, Instant now, Duration wait) {
        workers.compute(
                worker,
                (name, known) -> new Known(known == null ? Held.NOT : known.until(now), now, now.plus(wait), reason));
    }

    /** It waits for neither any more: it had its turn, whatever came of it. */
    void ends(String worker, Instant now) {
        workers.computeIfPresent(worker, (name, known) -> new Known(known.until(now), now, now, For.TURN));
    }

    boolean isWaiting(String worker, Instant now) {
        Known known = workers.get(worker);
        return known != null && now.isBefore(known.due());
    }

    /** Whether its registration was refused when it was tried last. */
    boolean isUnregistered(String worker) {
        Known known = workers.get(worker);
        return known != null && known.reason() == For.REGISTRATION;
    }

    Held until(String worker, Instant now) {
        Known known = workers.get(worker);
        return known == null ? Held.NOT : known.until(now);
    }

    void forget(String worker) {
        workers.remove(worker);
    }
}
