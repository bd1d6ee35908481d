package dev.shedmaster.core.worker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows for a worker from what is seen.
 *
 * @param life the worker's record from now on
 * @param passed the states that were entered on the way, in order; the last is where the worker is now. Empty if it
 *     stays where it was
 * @param effects what to do now, in this order, stopping at the first that fails
 * @param lookAgain when time alone will change something; null if it will not
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

    Transition after(WorkerState entered) {
        List<WorkerState> all = new ArrayList<>(passed.size() + 1);
        all.add(entered);
        all.addAll(passed);
        return new Transition(life, all, effects, lookAgain, overdue);
    }

    Transition overdueAt(Instant deadline, Instant now) {
        return new Transition(life, passed, effects, lookAgain, !now.isBefore(deadline));
    }
}
