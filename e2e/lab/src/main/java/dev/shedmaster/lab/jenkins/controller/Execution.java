package dev.shedmaster.lab.jenkins.controller;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** An item that was given an executor. Guarded by the controller's lock. */
final class Execution {
    private final long id;
    private final QueueEntry entry;
    private final Work work;
    private final Computer computer;
    private @Nullable Build build;
    private long startedAt;
    private @Nullable Future<?> deadline;
    private @Nullable Result reported;

    Execution(long id, QueueEntry entry, Work work, Computer computer) {
        this.id = id;
        this.entry = entry;
        this.work = work;
        this.computer = computer;
    }

    /** The same again after a restart, on the executor that its new item was given. */
    Execution goesOn(QueueEntry newEntry, Computer newComputer) {
        Execution same = new Execution(id, newEntry, work, newComputer);
        same.build = build;
        same.startedAt = startedAt;
        return same;
    }

    long id() {
        return id;
    }

    QueueEntry entry() {
        return entry;
    }

    Task task() {
        return entry.task();
    }

    Work work() {
        return work;
    }

    Computer computer() {
        return computer;
    }

    void started(Build running, long now) {
        build = running;
        startedAt = now;
    }

    /** The build that runs; null while the agent has not begun. */
    @Nullable
    Build build() {
        return build;
    }

    long startedAt() {
        return startedAt;
    }

    /** The agent must be back before then. */
    void awaitAgent(Future<?> givingUp) {
        agentIsBack();
        deadline = givingUp;
    }

    boolean isAwaited() {
        return deadline != null;
    }

    void agentIsBack() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** How it ended on its agent while it had no executor; what was heard first counts. */
    void report(Result result) {
        reported = reported == null ? result : reported;
    }

    @Nullable
    Result reported() {
        return reported;
    }
}
