package dev.shedmaster.machine.azure;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When callers for whom there was no room are to come again: one after the other, as far apart as their turns are. Who
 * asks too early is told the same time once more. Not safe for threads: {@link RequestBudget} guards it.
 */
final class Appointments {
    /** Who does not come within this time does not come; its turn goes to whoever asks then. */
    static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final Duration apart;
    private final Map<String, Instant> given = new LinkedHashMap<>();
    private Instant last = Instant.MIN;

    /** @param perSecond how many turns there are in a second */
    Appointments(double perSecond) {
        this.apart = Duration.ofNanos((long) (1_000_000_000.0 / perSecond));
    }

    /** The caller's time, which is not before {@code earliest} and not before those of others who were given one. */
    Instant make(String caller, Instant earliest, Instant now) {
        forgetWhoDidNotCome(now);
        Instant known = given.get(caller);
        if (known != null && known.isAfter(now)) {
            return known;
        }
        Instant next = last.isBefore(earliest) ? earliest : last.plus(apart);
        given.remove(caller);
        given.put(caller, next);
        last = next;
        return next;
    }

    /** Whether the caller comes at its time. It has none after that. */
    boolean keeps(String caller, Instant now) {
        Instant known = given.get(caller);
        if (known == null || known.isAfter(now)) {
            return false;
        }
        given.remove(caller);
        return true;
    }

    /** Until when turns are promised to others; the distant past if to nobody. */
    Instant promisedUntil(Instant now) {
        forgetWhoDidNotCome(now);
        return given.isEmpty() ? Instant.MIN : last;
    }

    private void forgetWhoDidNotCome(Instant now) {
        Iterator<Instant> times = given.values().iterator();
        while (times.hasNext() && times.next().plus(KEPT_FOR).isBefore(now)) {
            times.remove();
        }
    }
}
