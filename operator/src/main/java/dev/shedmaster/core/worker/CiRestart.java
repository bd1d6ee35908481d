package dev.shedmaster.core.worker;

import dev.shedmaster.core.worker.WorkerState.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A restart of the CI system, as far as it concerns one worker. All executors are empty after it; but a long run goes on: its
 * step waits for an executor of the very agent that it ran on, while what it had begun there still runs.
 *
 * @param at when the CI system was first heard after it
 * @param awaited whether a job waits that names this agent, so that no other can take it
 */
public record CiRestart(Instant at, boolean awaited) {
    /**
     * Until then a job that ran before may be taken up again. Jenkins gives a step 5 minutes to get its executor back, and
     * before that loads its jobs and resumes their runs.
     */
    static final Duration TAKEN_UP_WITHIN = Duration.ofMinutes(10);

    boolean awaits(Instant now) {
        return awaited && now.isBefore(ends());
    }

    Instant ends() {
        return at.plus(TAKEN_UP_WITHIN);
    }

    /** With each job that was taken up as what it is now: another item of the same run, seen from now on. */
    Workload takenUp(Workload last, List<Job> running, Instant now) {
        return last.takenUp(running, at, now);
    }

    /** The jobs that ran before, do not run now, and may yet be taken up. */
    List<Job> interrupted(Workload last, List<Job> running, Instant now) {
        return now.isBefore(ends())
                ? last.without(running).stream()
                        .filter(job -> !job.since().isAfter(at))
                        .map(Workload.Running::job)
                        .toList()
                : List.of();
    }
}
