package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.planning.PoolLedger.Need;
import dev.shedmaster.core.planning.PoolPlan.WaitingJob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells waiting jobs what they wait for. Slots belong to no job in particular, the CI system hands them out; who has waited
 * longest is told of the slot that comes first.
 */
final class Outlook {
    private static final int STAGES = 3;

    private final Fleet fleet;
    private final Demand demand;
    private final SlotAssignment slots;
    private final Sharing sharing;
    private final Ranking ranking;
    private final int limit;
    private final List<List<WaitingJob>> waiting = new ArrayList<>();

    /** By stage (there, coming, made now) and supply, how many slots are still to be told of. Former slots follow the pools. */
    private final int[][] left;

    private final int[][] toTell;
    private final Reason[][] reasons;
    private int unfinished;

    Outlook(Fleet fleet, Demand demand, SlotAssignment slots, Sharing sharing, Ranking ranking) {
        this.ranking = ranking;
        this.fleet = fleet;
        this.demand = demand;
        this.slots = slots;
        this.sharing = sharing;
        this.limit = fleet.policy().waitingShown();
        int supplies = fleet.pools().size() + fleet.former().size();
        this.left = new int[STAGES][supplies];
        this.reasons = new Reason[STAGES + 1][supplies];
        this.toTell = new int[demand.classes().length][supplies];
        for (PoolLedger pool : fleet.pools()) {
            waiting.add(new ArrayList<>());
            prepare(pool);
        }
        for (int f = 0; f < fleet.former().size(); f++) {
            prepare(fleet.pools().size() + f, fleet.former().get(f));
        }
    }

    private void prepare(PoolLedger pool) {
        int p = pool.index();
        int used = slots.used(p);
        left[0][p] = Math.min(used, pool.freeSlots());
        left[1][p] = Math.min(used - left[0][p], pool.comingSlots());
        left[2][p] = used - left[0][p] - left[1][p];
        String name = pool.view().name();
        reasons[0][p] = new Prospect.IdleWorker(name);
        reasons[1][p] = new Prospect.StartingWorker(name);
        if (!pool.grants().isEmpty()) {
            reasons[2][p] =
                    new Prospect.NewWorker(name, pool.grants().getFirst().offering());
        }
        Hold hold = sharing.holdOf(pool);
        if (hold != null) {
            reasons[STAGES][p] = hold;
        }
        takenOf(p);
        unfinished += sharing.queued(pool) > 0 && limit > 0 ? 1 : 0;
    }

    private void prepare(int supply, FormerSlots former) {
        left[1][supply] = slots.used(supply);
        reasons[1][supply] = new Prospect.StartingWorker(former.pool().view().name());
        takenOf(supply);
    }

    private void takenOf(int supply) {
        for (int c = 0; c < demand.classes().length; c++) {
            toTell[c][supply] = slots.taken(c, supply);
        }
    }

    /** The longest-waiting jobs of each pool, by the pool's index. */
    List<List<WaitingJob>> tell() {
        QueuedJob[] jobs = demand.jobs();
        for (int i = 0; i < jobs.length && unfinished > 0; i++) {
            int c = demand.classOf(i);
            if (demand.classes()[c].flexibility() > 0) {
                tell(jobs[i], c);
            }
        }
        return waiting;
    }

    private void tell(QueuedJob job, int c) {
        for (int stage = 0; stage < STAGES; stage++) {
            for (int supply : demand.classes()[c].supplies()) {
                if (left[stage][supply] > 0 && toTell[c][supply] > 0) {
                    left[stage][supply]--;
                    toTell[c][supply]--;
                    add(poolOf(supply), job, reasons[stage][supply]);
                    return;
                }
            }
        }
        int home = ranking.favourite(demand.classes()[c]);
        add(home, job, reasons[STAGES][home]);
    }

    private int poolOf(int supply) {
        int pools = fleet.pools().size();
        return supply < pools
                ? supply
                : fleet.former().get(supply - pools).pool().index();
    }

    private void add(int p, QueuedJob job, @Nullable Reason why) {
        List<WaitingJob> list = waiting.get(p);
        if (list.size() >= limit) {
            return;
        }
        if (why == null) {
            throw new IllegalStateException("nothing explains why " + job.name() + " waits");
        }
        list.add(new WaitingJob(job, why));
        PoolLedger pool = fleet.pools().get(p);
        if (list.size() == Math.min(limit, sharing.queued(pool))) {
            unfinished--;
        }
    }

    /** What a pool's new workers for queued jobs are for. */
    Purpose purpose(PoolLedger pool) {
        int p = pool.index();
        int old = pool.freeSlots()
                + pool.comingSlots()
                + pool.granted(Need.MINIMUM) * pool.view().service().slotsPerWorker();
        for (int c = 0; c < demand.classes().length; c++) {
            if (slots.taken(c, p) > 0) {
                return new Purpose.ForQueuedJobs(slots.used(p) - old, demand.classes()[c].describe());
            }
        }
        throw new IllegalStateException(
                "workers are made for pool " + pool.view().name() + " and no job is");
    }
}
