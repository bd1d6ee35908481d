package dev.shedmaster.bench.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A task in one run. How long it will take is not for rules to know. */
public final class Job {
    private final int number;
    private final Task task;
    private @Nullable Instant queuedAt;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private Duration uncovered = Duration.ZERO;

    Job(int number, Task task) {
        this.number = number;
        this.task = task;
    }

    /** Its task's place in the workload. */
    public int number() {
        return number;
    }

    public Set<String> needs() {
        return task.needs();
    }

    /** Since when it waits or waited for a machine and for nothing else. */
    public Instant queuedAt() {
        return Objects.requireNonNull(queuedAt, "the job is not asked for yet");
    }

    /** When it got a machine; null if it has none yet. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    public boolean isWaiting() {
        return queuedAt != null && startedAt == null;
    }

    public boolean isEnded() {
        return endedAt != null;
    }

    Task task() {
        return task;
    }

    /** When it ended; null if it has not. */
    @Nullable
    Instant endedAt() {
        return endedAt;
    }

    /** How long it has waited while no machine for it was booting. */
    Duration uncovered() {
        return uncovered;
    }

    void lackMachine(Duration time) {
        uncovered = uncovered.plus(time);
    }

    void queue(Instant now) {
        queuedAt = now;
    }

    void start(Instant now) {
        if (!isWaiting()) {
            throw new IllegalStateException("job " + number + " does not wait");
        }
        startedAt = now;
    }

    void end(Instant now) {
        if (startedAt == null || endedAt != null) {
            throw new IllegalStateException("job " + number + " does not run");
        }
        endedAt = now;
    }

    @Override
    public String toString() {
        return "job " + number + " " + task.needs();
    }
}
