package dev.shedmaster.machine.azure;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When callers for whom there was no room are to come again. Who asks too early is told the same time once more. Not safe for
 * threads: {@link RequestBudget} guards it.
 */
final class Appointments {
    /** Who does not come within this time does not come; its turn goes to whoever asks then. */
    static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final Map<String, Instant> given = new LinkedHashMap<>();

    /** The caller's time: what it was told before if that is yet to come, else {@code turn}. */
    Instant make(String caller, Instant turn, Instant now) {
        Instant known = given.get(caller);
        if (known != null && known.isAfter(now)) {
            return known;
        }
        given.remove(caller);
        given.put(caller, turn);
        return turn;
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

    /** How many turns are promised. */
    int promised(Instant now) {
        forgetWhoDidNotCome(now);
        return given.size();
    }

    private void forgetWhoDidNotCome(Instant now) {
        given.values().removeIf(time -> time.plus(KEPT_FOR).isBefore(now));
    }
}
