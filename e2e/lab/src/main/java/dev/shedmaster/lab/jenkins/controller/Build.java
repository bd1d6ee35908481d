package dev.shedmaster.lab.jenkins.controller;

import org.jspecify.annotations.Nullable;

/** One run of a job. Changed under the controller's lock only; may be read at any time. */
public final class Build {
    private final Job job;
    private final int number;
    private final QueueEntry entry;
    private final long startedAt;
    private volatile long finishedAt;
    private volatile @Nullable Result result;
    private volatile String builtOn = "";

    Build(Job job, int number, QueueEntry entry, long startedAt) {
        this.job = job;
        this.number = number;
        this.entry = entry;
        this.startedAt = startedAt;
    }

    public Job job() {
        return job;
    }

    public int number() {
        return number;
    }

    /** What the build was in the queue. */
    public QueueEntry entry() {
        return entry;
    }

    /** The build's address below the root, with a slash at its end. */
    public String path() {
        return job.path() + number + "/";
    }

    public String displayName() {
        return job.name() + " #" + number;
    }

    /** In milliseconds. */
    public long startedAt() {
        return startedAt;
    }

    /** In milliseconds; 0 while it runs. */
    public long duration() {
        return finishedAt == 0 ? 0 : finishedAt - startedAt;
    }

    public @Nullable Result result() {
        return result;
    }

    public boolean building() {
        return result == null;
    }

    /** The node's name; empty for the built-in node. */
    public String builtOn() {
        return builtOn;
    }

    void on(String node) {
        builtOn = node;
    }

    void finish(Result how, long now) {
        finishedAt = Math.max(now, startedAt + 1);
        result = how;
        job.ended(this);
    }
}
