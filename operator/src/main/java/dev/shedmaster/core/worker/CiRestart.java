package dev.shedmaster.core.worker;

import dev.shedmaster.core.worker.WorkerState.Job;
import java.time.Instant;
import java.util.List;

/**
 * A restart of the CI system, as far as it concerns one worker. All executors are empty after it; but a long run goes on: its
 * step waits for an executor of the very agent that it ran on, while what it had begun there still runs.
 *
 * @param at when the CI system was first heard after it
 * @param ends until when a job that ran before may be taken up again
 * @param awaited whether a job waits that names this agent, so that no other can take it
 * @param precedesSight whether it had happened when the agent was seen: a job that ran before and is shown was taken up then
 */
public record CiRestart(Instant at, Instant ends, boolean awaited, boolean precedesSight) {
    boolean awaits(Instant now) {
        return awaited && now.isBefore(ends);
    }

    /** The jobs that ran before, do not run now, and may yet be taken up. */
    List<Job> interrupted(Workload last, List<Job> running, Instant now) {
        return now.isBefore(ends)
                ? last.without(running).stream()
                        .filter(this::hasInterrupted)
                        .map(Workload.Running::job)
                        .toList()
                : List.of();
    }

    boolean hasInterrupted(Workload.Running job) {
        return !job.since().isAfter(at);
    }
}
