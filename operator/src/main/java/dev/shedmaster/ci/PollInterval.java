package dev.shedmaster.ci;

import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait until a CI system is read again: short while something waits or changes, ever longer while nothing
 * happens, and backing off while readings fail. A value; each reading makes the next one.
 *
 * @param min the wait while something waits or changes
 * @param max the longest wait while nothing happens and readings succeed
 * @param delay the wait that is due now
 * @param failures how many readings have failed since the last that did not
 */
public record PollInterval(Duration min, Duration max, Duration delay, int failures) {
    /** A server may ask for patience, but one broken header must not stop us for a day. */
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(15);

    private static final Duration SHORTEST_BACK_OFF = Duration.ofSeconds(1);

    /**
     * A server that is back gives jobs before we know of it, a second one to a machine that was made for one: it is known of soon.
     * One that is down has nothing to spare for; where it has, as one that is overloaded, it says when to come again.
     */
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);

    private static final int MOST_DOUBLINGS = 16;

    public PollInterval {
        if (min.isNegative() || min.isZero()) {
            throw new IllegalArgumentException("poll.min: must be longer than 0, is " + min);
        }
        if (max.compareTo(min) < 0) {
            throw new IllegalArgumentException("poll.max: must not be shorter than poll.min, is " + max + " < " + min);
        }
    }

    /** The interval before anything has been read: the first reading is soon. */
    public static PollInterval between(Duration min, Duration max) {
        return new PollInterval(min, max, min, 0);
    }

    /**
     * The interval after one more reading.
     *
     * @param before the last reading that succeeded, null if none has
     * @param reading what the new one gave
     * @param jitter a random number, at least 0 and less than 1, that keeps many pollers from failing in step
     */
    public PollInterval after(@Nullable CiSnapshot before, Outcome<CiSnapshot> reading, double jitter) {
        return switch (reading) {
            case Outcome.Done<CiSnapshot>(CiSnapshot now) -> {
                boolean waiting = !now.jobs().isEmpty() || !now.obscure().isEmpty();
                yield waiting || before == null || !now.showsTheSameAs(before) ? afterActivity() : afterQuiet();
            }
            case Outcome.Failed<CiSnapshot>(PortError.Later later) -> afterFailure(later.retryAfter(), jitter);
            case Outcome.Failed<CiSnapshot> ignored -> afterFailure(Duration.ZERO, jitter);
        };
    }

    /** Something waits or changed: back to the shortest wait. */
    public PollInterval afterActivity() {
        return new PollInterval(min, max, min, 0);
    }

    /** Nothing waits and nothing changed: twice the wait, up to the longest. */
    public PollInterval afterQuiet() {
        Duration base = failures > 0 ? min : delay;
        return new PollInterval(min, max, shorter(base.multipliedBy(2), max), 0);
    }

    /**
     * The reading failed: twice the wait for each failure in a row, up to five seconds, between half and all of it by
     * chance; never sooner than the server asked for.
     *
     * @param retryAfter what the server asked for, zero if it did not
     */
    public PollInterval afterFailure(Duration retryAfter, double jitter) {
        int next = Math.min(failures + 1, MOST_DOUBLINGS);
        Duration first = longer(min, SHORTEST_BACK_OFF);
        Duration whole = shorter(first.multipliedBy(1L << next), longer(LONGEST_BACK_OFF, first));
        Duration backOff = scaled(whole, 0.5 + jitter / 2);
        Duration asked = scaled(shorter(retryAfter, LONGEST_RETRY_AFTER), 1 + jitter / 10);
        return new PollInterval(min, max, longer(backOff, asked), next);
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
