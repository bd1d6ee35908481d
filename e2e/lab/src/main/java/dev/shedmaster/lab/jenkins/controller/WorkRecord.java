package dev.shedmaster.lab.jenkins.controller;

import org.jspecify.annotations.Nullable;

/**
 * What the lab remembers of one piece of work that needed an executor: when it went through each stage. Times are in
 * milliseconds, 0 while the stage has not come. Changed under the controller's lock only; may be read at any time.
 */
public final class WorkRecord {
    /** How far it has come. */
    public enum Stage {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        ABORTED,
        CANCELLED;

        public String exportedName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final long queueId;
    private final Task task;
    private final long queuedAt;
    private volatile long buildableAt;
    private volatile long startedAt;
    private volatile long finishedAt;
    private volatile int number;
    private volatile @Nullable String node;
    private volatile @Nullable Result result;
    private volatile boolean cancelled;

    WorkRecord(long queueId, Task task, long queuedAt) {
        this.queueId = queueId;
        this.task = task;
        this.queuedAt = queuedAt;
    }

    void buildable(long now) {
        buildableAt = buildableAt == 0 ? now : buildableAt;
    }

    void started(String onNode, int buildNumber, long now) {
        node = onNode;
        number = buildNumber;
        startedAt = now;
    }

    void finished(Result how, long now) {
        finishedAt = now;
        result = how;
    }

    /** It was taken from the queue, in which it may have been for the second time. */
    void cancelled(long now) {
        if (startedAt != 0) {
            finished(Result.ABORTED, now);
            return;
        }
        finishedAt = now;
        cancelled = true;
    }

    public long queueId() {
        return queueId;
    }

    public Task task() {
        return task;
    }

    public long queuedAt() {
        return queuedAt;
    }

    public long buildableAt() {
        return buildableAt;
    }

    public long startedAt() {
        return startedAt;
    }

    public long finishedAt() {
        return finishedAt;
    }

    /** The build's number; 0 while there is none. */
    public int number() {
        return task instanceof Task.OfPipeline step ? step.run().number() : number;
    }

    public @Nullable String node() {
        return node;
    }

    public @Nullable Result result() {
        return result;
    }

    /** Whether it was taken from the queue before it began. */
    public boolean isCancelled() {
        return cancelled;
    }

    public Stage stage() {
        if (cancelled) {
            return Stage.CANCELLED;
        }
        return switch (result) {
            case null -> startedAt == 0 ? Stage.QUEUED : Stage.RUNNING;
            case SUCCESS -> Stage.SUCCEEDED;
            case FAILURE -> Stage.FAILED;
            case ABORTED -> Stage.ABORTED;
        };
    }
}
