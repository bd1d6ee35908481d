package dev.shedmaster.core.worker;

import dev.shedmaster.core.worker.WorkerState.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    /**
     * The jobs that are to be taken for running: those that are seen, and after them those that were interrupted and may yet be
     * taken up. One that was taken up comes as another item of the same run, and is still the job that it was.
     */
    List<Job> goingOn(Workload last, List<Job> running, Instant now) {
        List<Job> all = new ArrayList<>(running);
        for (Workload.Running missing : last.without(running)) {
            if (!missing.since().isAfter(at) && !isTakenUp(missing.job(), all) && now.isBefore(ends())) {
                all.add(missing.job());
            }
        }
        return all;
    }

    private static boolean isTakenUp(Job interrupted, List<Job> all) {
        for (int i = 0; i < all.size(); i++) {
            Job job = all.get(i);
            if (!job.url().isEmpty() && job.url().equals(interrupted.url())) {
                all.set(i, new Job(interrupted.id(), job.name(), job.url()));
                return true;
            }
        }
        return false;
    }
}
