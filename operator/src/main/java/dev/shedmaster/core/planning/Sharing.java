package dev.shedmaster.core.planning;

import dev.shedmaster.core.planning.PoolLedger.Need;
import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Gives out new workers, one after the other: first for the pools' minima, then for queued jobs, then ahead of demand.
 *
 * <p>The next worker goes to the pool of the highest priority, which rises with its jobs' waiting; among equals to the
 * one that has the least for its weight. That is weighted max-min fairness over all that a pool has and gets, whichever
 * limit it is that they share. Each takes the first offering of its ladder that nothing speaks against. A pool that can
 * have no more is closed, and its jobs go to the other pools that serve them before anybody of lesser priority gets on.
 */
final class Sharing {
    private final Fleet fleet;
    private final Demand demand;
    private final SlotAssignment slots;
    private final Guards guards;
    private final Horizon horizon;
    private final Ranking ranking;
    private final @Nullable Hold[] closedBy;
    private final int[] unserved;

    Sharing(Fleet fleet, Demand demand, SlotAssignment slots, Guards guards, Ranking ranking, Horizon horizon) {
        this.fleet = fleet;
        this.demand = demand;
        this.slots = slots;
        this.guards = guards;
        this.ranking = ranking;
        this.horizon = horizon;
        this.closedBy = new Hold[fleet.pools().size()];
        this.unserved = new int[fleet.pools().size()];
    }

    /** Jobs that count as this pool's: those that have a slot of its workers, and those that have none. */
    int queued(PoolLedger pool) {
        int queued = slots.used(pool.index()) + unserved(pool);
        for (int f = 0; f < fleet.former().size(); f++) {
            queued += fleet.former().get(f).pool() == pool
                    ? slots.used(fleet.pools().size() + f)
                    : 0;
        }
        return queued;
    }

    /** Jobs that count as this pool's and for which there is no slot in any pool. */
    int unserved(PoolLedger pool) {
        return unserved[pool.index()];
    }

    /** What keeps the pool from having a worker for its unserved jobs; null if it has none. */
    @Nullable
    Hold holdOf(PoolLedger pool) {
        return unserved(pool) == 0 ? null : holdForJobs(pool);
    }

    void share() {
        minima();
        while (!jobsOnce()) {
            // Each turn closes a pool or has passed on to a dearer offering.
        }
        countUnserved();
        ahead();
    }

    private void minima() {
        PriorityQueue<Contender> queue = new PriorityQueue<>();
        for (PoolLedger pool : fleet.pools()) {
            PoolView view = pool.view();
            int wanted = Math.min(view.size().min(), view.size().max()) - pool.lasting();
            if (wanted > 0 && !view.state().closing()) {
                queue.add(new Contender(pool, wanted, view.share().priority()));
            }
        }
        serve(queue, Need.MINIMUM);
    }

    private void ahead() {
        PriorityQueue<Contender> queue = new PriorityQueue<>();
        for (PoolLedger pool : fleet.pools()) {
            int spare = pool.slots() - slots.used(pool.index());
            int wanted = pool.workersFor(pool.view().state().foresight().slots() - spare);
            if (wanted > 0 && !pool.view().state().closing()) {
                queue.add(new Contender(pool, wanted, pool.view().share().priority()));
            }
        }
        serve(queue, Need.AHEAD);
    }

    private void serve(PriorityQueue<Contender> queue, Need need) {
        for (Contender next = queue.poll(); next != null; next = queue.poll()) {
            Hold hold = make(next.pool, need);
            if (hold != null) {
                next.pool.deny(need, next.wanted, hold);
            } else if (--next.wanted > 0) {
                queue.add(next);
            }
        }
    }

    /** Spreads the jobs over the pools as if there were no shared limits, then makes workers until one binds. */
    private boolean jobsOnce() {
        ranking.rank();
        for (PoolLedger pool : fleet.pools()) {
            slots.trim(pool.index(), pool.slots());
        }
        for (int p : ranking.order()) {
            PoolLedger pool = fleet.pools().get(p);
            long room = closedBy[p] == null && !pool.view().state().closing() ? guards.room(pool, Need.JOBS) : 0;
            slots.fill(p, (int) Math.min(
                    Integer.MAX_VALUE,
                    pool.slots() + room * pool.view().service().slotsPerWorker()));
        }
        PriorityQueue<Contender> queue = contenders();
        for (Contender next = queue.poll(); next != null; next = queue.poll()) {
            if (ranking.hasMoved(next.pool)) {
                return false;
            }
            Hold hold = make(next.pool, Need.JOBS);
            if (hold != null) {
                closedBy[next.pool.index()] = hold;
                return false;
            }
            if (--next.wanted > 0) {
                queue.add(next);
            }
        }
        return true;
    }

    private PriorityQueue<Contender> contenders() {
        int top = Integer.MIN_VALUE;
        for (PoolLedger pool : fleet.pools()) {
            if (slots.used(pool.index()) > pool.slots()) {
                top = Math.max(top, pool.view().share().priority());
            }
        }
        PriorityQueue<Contender> queue = new PriorityQueue<>();
        for (PoolLedger pool : fleet.pools()) {
            int wanted = pool.workersFor(slots.used(pool.index()) - pool.slots());
            if (wanted > 0) {
                queue.add(new Contender(pool, wanted, aged(pool, top)));
            }
        }
        return queue;
    }

    /**
     * The pool's priority after its jobs' waiting. It rises to that of the first among those that want something, and no
     * further: there it takes part by its weight. So nobody starves, and a long queue does not push the others out.
     */
    private int aged(PoolLedger pool, int top) {
        int priority = pool.view().share().priority();
        Policy policy = fleet.policy();
        DemandClass oldest = null;
        for (int c = 0; c < demand.classes().length; c++) {
            DemandClass served = demand.classes()[c];
            if (slots.taken(c, pool.index()) > 0
                    && (oldest == null
                            || served.oldest()
                                    .queuedAt()
                                    .isBefore(oldest.oldest().queuedAt()))) {
                oldest = served;
            }
        }
        if (priority == top || oldest == null) {
            return priority;
        }
        Duration waited = fleet.age(oldest.oldest().queuedAt());
        long steps = waited.dividedBy(policy.ageingStep());
        long risen = Math.min(top, priority + steps * policy.ageingPoints());
        if (risen < top) {
            horizon.lookAt(oldest.oldest().queuedAt().plus(policy.ageingStep().multipliedBy(steps + 1)));
        }
        return (int) risen;
    }

    /** Makes one worker for the pool, or says what speaks against it. */
    private @Nullable Hold make(PoolLedger pool, Need need) {
        Hold hold = guards.hold(pool, need);
        if (hold != null) {
            return hold;
        }
        Ladder ladder = fleet.ladder(pool);
        int rung = ladder.next(need);
        Hold against = guards.isOnTrial(pool) ? guards.trial(pool) : null;
        if (rung == Ladder.NONE) {
            rung = need == Need.AHEAD ? Ladder.NONE : ladder.trial(need, fleet, horizon);
            if (rung == Ladder.NONE) {
                return ladder.holdOfAll(need);
            }
            against = ladder.hold(rung, need);
            fleet.tries(ladder.offering(rung));
        }
        pool.grant(need, ladder.take(rung), against);
        return null;
    }

    /** A job that no pool has a slot for counts for the pool that it would like best. */
    private void countUnserved() {
        for (int c = 0; c < demand.classes().length; c++) {
            int home = ranking.favourite(demand.classes()[c]);
            if (home != Ladder.NONE) {
                unserved[home] += slots.unmet(c);
            }
        }
        for (PoolLedger pool : fleet.pools()) {
            if (unserved(pool) > 0) {
                pool.deny(Need.JOBS, pool.workersFor(unserved(pool)), holdForJobs(pool));
            }
        }
    }

    private Hold holdForJobs(PoolLedger pool) {
        Hold known = closedBy[pool.index()];
        if (known == null) {
            known = guards.hold(pool, Need.JOBS);
        }
        if (known == null) {
            throw new IllegalStateException("pool " + pool.view().name() + " has room and jobs without a slot");
        }
        closedBy[pool.index()] = known;
        return known;
    }

    /** A pool that wants workers. */
    private static final class Contender implements Comparable<Contender> {
        private final PoolLedger pool;
        private final int priority;
        private int wanted;

        Contender(PoolLedger pool, int wanted, int priority) {
            this.pool = pool;
            this.wanted = wanted;
            this.priority = priority;
        }

        /**
         * Higher priority first; then who would have least for its weight, counting half of the worker to come, so that
         * what does not divide evenly goes where the share is rounded least; then by name.
         */
        @Override
        public int compareTo(Contender other) {
            int byPriority = Integer.compare(other.priority, priority);
            if (byPriority != 0) {
                return byPriority;
            }
            long mine = (2L * has() + 1) * other.pool.view().share().weight();
            long others = (2L * other.has() + 1) * pool.view().share().weight();
            int byShare = Long.compare(mine, others);
            return byShare != 0
                    ? byShare
                    : pool.view().name().compareTo(other.pool.view().name());
        }

        private int has() {
            return pool.live() + pool.grants().size();
        }
    }
}
