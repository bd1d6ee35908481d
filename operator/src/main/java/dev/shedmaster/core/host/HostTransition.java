package dev.shedmaster.core.host;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What follows for a host from what is seen.
 *
 * @param life the host's record from now on
 * @param passed the states that were entered on the way, in order; the last is where the host is now
 * @param effect what to do now, whose answer goes to {@link HostLifecycle#answered}; null if nothing is
 * @param lookAgain when time alone will change something or an effect has to be repeated; null if only news can
 * @param overdue whether a deadline has passed that does not end the wait: to be reported
 */
public record HostTransition(
        HostLife life,
        List<HostState> passed,
        @Nullable HostEffect effect,
        @Nullable Instant lookAgain,
        boolean overdue) {

    public HostTransition {
        passed = List.copyOf(passed);
    }

    static HostTransition waiting(HostLife life, @Nullable Instant until) {
        return new HostTransition(life, List.of(), null, until, false);
    }

    static HostTransition doing(HostLife life, HostEffect effect, Instant again) {
        return new HostTransition(life, List.of(), effect, again, false);
    }

    /**
     * Whether the record has to be stored before the effect: a reboot is asked for once. All others may be repeated from the
     * record before them.
     */
    public boolean storeFirst() {
        return effect instanceof HostEffect.RebootNow;
    }

    /** On the way there this state was entered first. */
    HostTransition after(HostState entered) {
        List<HostState> all = Stream.concat(Stream.of(entered), passed.stream()).toList();
        return new HostTransition(life, all, effect, lookAgain, overdue);
    }

    /** Looks again at this time at the latest. */
    HostTransition lookingBy(Instant latest) {
        boolean sooner = lookAgain == null || latest.isBefore(lookAgain);
        return new HostTransition(life, passed, effect, sooner ? latest : lookAgain, overdue);
    }

    /** Reports that this deadline has passed, or looks again when it passes. */
    HostTransition overdueAt(Instant deadline, Instant now) {
        return now.isBefore(deadline) ? lookingBy(deadline) : new HostTransition(life, passed, effect, lookAgain, true);
    }
}
