package dev.shedmaster.bench.simulation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A machine from the call that asked for it until it is gone. It is paid from when the provider took the call. */
public final class Machine {
    private final int number;
    private final Pool pool;
    private final Instant takenAt;
    private @Nullable Instant connectedAt;
    private @Nullable Instant goneAt;
    private @Nullable Job job;
    private @Nullable Instant idleSince;
    private boolean retired;
    private boolean spent;
    private Duration busy = Duration.ZERO;
    private int jobsEnded;

    /** @param takenAt when the provider takes the call, which its rate limit may put off */
    Machine(int number, Pool pool, Instant takenAt) {
        this.number = number;
        this.pool = pool;
        this.takenAt = takenAt;
    }

    /** Counted from the run's first machine. */
    public int number() {
        return number;
    }

    public Pool pool() {
        return pool;
    }

    /** Whether it was asked for and its agent is not connected yet. */
    public boolean isComing() {
        return connectedAt == null && goneAt == null;
    }

    /** Whether it could take a job now. */
    public boolean isIdle() {
        return connectedAt != null && goneAt == null && job == null && !spent;
    }

    public boolean isBusy() {
        return job != null;
    }

    /** Whether it was for one job, and has run it. */
    public boolean isSpent() {
        return spent;
    }

    public boolean isGone() {
        return goneAt != null;
    }

    /** Since when it has nothing to do; null if it is not idle. */
    public @Nullable Instant idleSince() {
        return idleSince;
    }

    /** Whether the provider has taken the call and its agent is not connected yet. */
    boolean isBooting(Instant now) {
        return isComing() && !takenAt.isAfter(now);
    }

    int jobsEnded() {
        return jobsEnded;
    }

    /** Whether it goes as soon as it has no job. */
    boolean isRetired() {
        return retired;
    }

    void connect(Instant now) {
        connectedAt = now;
        idleSince = now;
    }

    void run(Job next, Instant now) {
        if (!isIdle() || retired) {
            throw new IllegalStateException("machine " + number + " cannot take a job");
        }
        next.start(now);
        job = next;
        idleSince = null;
    }

    void finish(Instant now, boolean singleUse) {
        if (job == null) {
            throw new IllegalStateException("machine " + number + " has no job");
        }
        job.end(now);
        busy = busy.plus(job.task().duration());
        job = null;
        jobsEnded++;
        spent = singleUse;
        idleSince = singleUse ? null : now;
    }

    void retire() {
        retired = true;
    }

    void go(Instant now) {
        goneAt = now;
        idleSince = null;
    }

    /** How long it is paid for, if the run ends now. */
    Duration paid(Instant now) {
        Instant end = goneAt == null ? now : goneAt;
        return end.isBefore(takenAt) ? Duration.ZERO : Duration.between(takenAt, end);
    }

    /** How long it was connected without a job, if the run ends now. */
    Duration idle(Instant now) {
        if (connectedAt == null) {
            return Duration.ZERO;
        }
        Duration connected = Duration.between(connectedAt, goneAt == null ? now : goneAt);
        Job current = job;
        Instant started = current == null ? null : current.startedAt();
        Duration running = started == null ? Duration.ZERO : Duration.between(started, now);
        return connected.minus(busy).minus(running);
    }

    @Override
    public String toString() {
        return "machine " + number + " of " + pool.name();
    }
}
