package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job does. */
public sealed interface Step {

    /** One after the other; stops at the first that fails. */
    record Sequence(List<Step> steps) implements Step {
        public Sequence {
            steps = List.copyOf(steps);
        }
    }

    /** All at once; fails when one fails, after all have ended. */
    record Parallel(List<Branch> branches) implements Step {
        public Parallel {
            branches = List.copyOf(branches);
        }
    }

    /** A named part of {@link Parallel}. */
    record Branch(String name, Step step) {}

    /** Holds an executor of a node while its body runs. */
    record InNode(@Nullable String label, Step body) implements Step {}

    /** Takes time. */
    record Pause(Duration duration) implements Step {}

    /** Ends with a failure. */
    record Fail() implements Step {}

    /** Takes time and succeeds. */
    static Step lasting(Duration duration) {
        return new Pause(duration);
    }

    /** What an executor has to do that is given this whole step. */
    default Work work() {
        return switch (this) {
            case Pause(Duration duration) -> new Work(duration, Result.SUCCESS);
            case Fail() -> new Work(Duration.ZERO, Result.FAILURE);
            case InNode(String label, Step body) -> body.work();
            case Sequence(List<Step> steps) -> steps.stream().map(Step::work).reduce(Work.NOTHING, Work::then);
            case Parallel(List<Branch> branches) ->
                branches.stream().map(branch -> branch.step().work()).reduce(Work.NOTHING, Work::beside);
        };
    }
}
