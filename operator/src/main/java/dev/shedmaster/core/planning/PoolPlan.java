package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.Offering;
import java.util.List;

/**
 * One pool's slice of a plan.
 *
 * @param pool the pool's name
 * @param counts its numbers
 * @param creations workers to make now
 * @param removals workers that have nothing to do and shall go now
 * @param retirements busy workers of a closing pool: they shall take no further job and go when theirs are done
 * @param reasons why the pool's size is what it is, and what keeps it from being otherwise; the first tells the size
 * @param waiting its longest-waiting jobs, at most {@link Policy#waitingShown}, each with what it waits for
 */
public record PoolPlan(
        String pool,
        PoolCounts counts,
        List<Creation> creations,
        List<Removal> removals,
        List<Removal> retirements,
        List<Reason> reasons,
        List<WaitingJob> waiting) {

    /** What keeps the pool from the size that it should have. */
    public List<Hold.Hindrance> hindrances() {
        return reasons.stream()
                .filter(Hold.Hindrance.class::isInstance)
                .map(Hold.Hindrance.class::cast)
                .toList();
    }

    /**
     * A pool's numbers; workers but for {@code queued}.
     *
     * @param queued jobs that count as this pool's: no job counts for two pools
     * @param idle connected, nothing to do
     * @param busy at least one job
     * @param starting requested or coming up
     * @param draining taking no further job, or being deleted
     * @param failed kept for a person to look at
     * @param workers all of these
     * @param desired how many live workers (starting, idle, busy) there would be if nothing but the pool's own max
     *     limited it
     */
    public record PoolCounts(
            int queued, int idle, int busy, int starting, int draining, int failed, int workers, int desired) {}

    /** A worker to make. */
    public record Creation(Offering offering, Reason why) {}

    /** A worker that shall go. */
    public record Removal(String worker, Reason why) {}

    /** A job and what it waits for. */
    public record WaitingJob(QueuedJob job, Reason why) {}
}
