package dev.shedmaster.lab.jenkins.controller;

import org.jspecify.annotations.Nullable;

/** A node step of a Pipeline that asks for an executor. */
public final class PipelineStep {
    private final @Nullable String label;
    private final @Nullable String branch;
    private final Work work;
    private final PipelineRun run;

    PipelineStep(@Nullable String label, @Nullable String branch, Work work, PipelineRun run) {
        this.label = label;
        this.branch = branch;
        this.work = work;
        this.run = run;
    }

    public @Nullable String label() {
        return label;
    }

    /** The parallel branch or stage that it is in. */
    public @Nullable String branch() {
        return branch;
    }

    Work work() {
        return work;
    }

    /** Tells the run that this step ended. */
    void ended(Result result) {
        run.ended(this, result);
    }
}
