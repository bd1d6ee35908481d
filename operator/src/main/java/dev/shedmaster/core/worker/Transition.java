package dev.shedmaster.core.worker;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What follows for a worker from what is seen.
 *
 * @param life the worker's record from now on
 * @param passed the states that were entered on the way, in order; the last is where the worker is now. Empty if it
 *     stays where it was, though it may run another job there
 * @param effects what to do now, in this order, stopping at the first that fails
 * @param lookAgain when time alone will change something, or an effect has to be repeated that did not help; null if only
 *     the CI system's or the provider's next reading can
 * @param overdue whether a deadline has passed that does not end the wait, such as a deletion's: to be reported
 */
public record Transition(
        WorkerLife life,
        List<WorkerState> passed,
        List<WorkerEffect> effects,
        @Nullable Instant lookAgain,
        boolean overdue) {

    public Transition {
        passed = List.copyOf(passed);
        effects = List.copyOf(effects);
    }

    static Transition waiting(WorkerLife life, @Nullable Instant until) {
        return of(life, List.of(), until);
    }

    static Transition acting(WorkerLife life, @Nullable Instant until, WorkerEffect effect) {
        return of(life, List.of(effect), until);
    }

    static Transition of(WorkerLife life, List<WorkerEffect> effects, @Nullable Instant lookAgain) {
        return new Transition(life, List.of(), effects, lookAgain, false);
    }

    /**
     * Whether the record has to be stored before the effects: what is asked of a provider must be known after a crash.
     * All other effects may be repeated from the record before them.
     */
    public boolean storeFirst(WorkerLife before) {
        return !life.offering().equals(before.offering());
    }

    /** On the way there this state was entered first. */
    Transition after(WorkerState entered) {
        return new Transition(life, joined(List.of(entered), passed), effects, lookAgain, overdue);
    }

    Transition doingFirst(List<WorkerEffect> first) {
        return new Transition(life, passed, joined(first, effects), lookAgain, overdue);
    }

    /** Looks again at this time at the latest. */
    Transition lookingBy(Instant latest) {
        boolean sooner = lookAgain == null || latest.isBefore(lookAgain);
        return new Transition(life, passed, effects, sooner ? latest : lookAgain, overdue);
    }

    /** Whether nothing but the same effects as of another transition follows from the life as it is. */
    public boolean asksTheSameOf(WorkerLife as, Transition other) {
        return life.equals(as) && effects.equals(other.effects);
    }

    /** Reports that this deadline has passed, or looks again when it passes. */
    Transition overdueAt(Instant deadline, Instant now) {
        return now.isBefore(deadline) ? lookingBy(deadline) : new Transition(life, passed, effects, lookAgain, true);
    }

    private static <T> List<T> joined(List<T> first, List<T> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }
}
