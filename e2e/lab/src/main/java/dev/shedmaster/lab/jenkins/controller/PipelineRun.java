package dev.shedmaster.lab.jenkins.controller;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A Pipeline's build at work: which of its steps are under way and what comes next. Guarded by the controller's lock. */
final class PipelineRun {

    /** What a run asks of the controller. */
    interface Host {
        /** Puts a node step into the queue. */
        void enqueue(Build run, PipelineStep step);

        /** Takes a node step from the queue, or from its executor. */
        void stop(PipelineStep step);

        /** Calls back later. */
        void later(java.time.Duration delay, Runnable then);

        /** The run is over. */
        void finished(Build run, Result result);
    }

    private final Build build;
    private final Host host;
    private final Map<PipelineStep, Consumer<Result>> underWay = new HashMap<>();
    private boolean aborted;

    PipelineRun(Build build, Host host) {
        this.build = build;
        this.host = host;
    }

    void start(Step body) {
        perform(body, null, result -> host.finished(build, aborted ? Result.ABORTED : result));
    }

    private void perform(Step step, @Nullable String branch, Consumer<Result> then) {
        switch (step) {
            case Step.Sequence(List<Step> steps) -> performFrom(steps, 0, branch, then);
            case Step.Parallel(List<Step.Branch> branches) -> performAll(branches, then);
            case Step.InNode(String label, Step body) -> {
                PipelineStep nodeStep = new PipelineStep(label, branch, body.work(), this);
                underWay.put(nodeStep, then);
                host.enqueue(build, nodeStep);
            }
            case Step.Pause(java.time.Duration duration) -> host.later(duration, () -> then.accept(Result.SUCCESS));
            case Step.Fail() -> then.accept(Result.FAILURE);
        }
    }

    private void performFrom(List<Step> steps, int index, @Nullable String branch, Consumer<Result> then) {
        if (index == steps.size()) {
            then.accept(Result.SUCCESS);
            return;
        }
        if (aborted) {
            then.accept(Result.ABORTED);
            return;
        }
        perform(steps.get(index), branch, result -> {
            if (result == Result.SUCCESS) {
                performFrom(steps, index + 1, branch, then);
            } else {
                then.accept(result);
            }
        });
    }

    private void performAll(List<Step.Branch> branches, Consumer<Result> then) {
        int[] left = {branches.size()};
        Result[] worst = {Result.SUCCESS};
        if (branches.isEmpty()) {
            then.accept(Result.SUCCESS);
        }
        for (Step.Branch branch : branches) {
            perform(branch.step(), branch.name(), result -> {
                worst[0] = worst[0].and(result);
                left[0]--;
                if (left[0] == 0) {
                    then.accept(worst[0]);
                }
            });
        }
    }

    void ended(PipelineStep step, Result result) {
        Consumer<Result> then = underWay.remove(step);
        if (then != null) {
            then.accept(result);
        }
    }

    void abort() {
        aborted = true;
        new ArrayList<>(underWay.keySet()).forEach(host::stop);
    }
}
