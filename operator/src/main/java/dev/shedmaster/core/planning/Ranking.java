package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;
import java.util.Arrays;
import java.util.List;

/**
 * Which pool a job likes best: the one where the next slot is cheapest. A price that is not known, or that stands in
 * another currency than others, comes after those that are; then whose ladder is less used up, the higher priority and
 * the name decide.
 */
final class Ranking {
    private static final int CAN_GROW = 0;
    private static final int HELD = 1;
    private static final int BLOCKED = 2;

    private final Fleet fleet;
    private final Guards guards;
    private final boolean pricesCompare;
    private final int[] rungs;
    private final int[] order;

    /** The best comes first. The ranking is made anew with each offering that runs out, so this is written out. */
    private record Rank(PoolLedger pool, int standing, long microsPerSlot, int rung) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            int difference = Integer.compare(standing, other.standing);
            if (difference == 0) {
                difference = Long.compare(microsPerSlot, other.microsPerSlot);
            }
            if (difference == 0) {
                difference = Integer.compare(rung, other.rung);
            }
            if (difference == 0) {
                difference = Integer.compare(
                        other.pool.view().share().priority(),
                        pool.view().share().priority());
            }
            return difference != 0
                    ? difference
                    : pool.view().name().compareTo(other.pool.view().name());
        }
    }

    Ranking(Fleet fleet, Guards guards, List<AccountView> accounts) {
        this.fleet = fleet;
        this.guards = guards;
        this.pricesCompare =
                accounts.stream().map(AccountView::currency).distinct().count() <= 1;
        this.rungs = new int[fleet.pools().size()];
        this.order = new int[fleet.pools().size()];
        rank();
    }

    /** Ranks the pools by what they can have now. */
    void rank() {
        Rank[] ranks = new Rank[order.length];
        for (PoolLedger pool : fleet.pools()) {
            int rung = fleet.ladder(pool).next(PoolLedger.Need.JOBS);
            rungs[pool.index()] = rung;
            ranks[pool.index()] = new Rank(pool, standing(pool, rung), price(pool, rung), Math.max(rung, 0));
        }
        Arrays.sort(ranks);
        for (int i = 0; i < ranks.length; i++) {
            order[i] = ranks[i].pool.index();
        }
    }

    /** The pools' indexes, best first. */
    int[] order() {
        return order;
    }

    /** The best pool that serves a class; {@link Ladder#NONE} if none does. */
    int favourite(DemandClass demand) {
        for (int pool : order) {
            if (demand.servedBy(pool)) {
                return pool;
            }
        }
        return Ladder.NONE;
    }

    /** Whether the pool's next offering is another one than when the pools were ranked. */
    boolean hasMoved(PoolLedger pool) {
        return fleet.ladder(pool).next(PoolLedger.Need.JOBS) != rungs[pool.index()];
    }

    private int standing(PoolLedger pool, int rung) {
        if (pool.view().making().blocker() != null) {
            return BLOCKED;
        }
        return rung == Ladder.NONE || guards.hold(pool, PoolLedger.Need.JOBS) != null ? HELD : CAN_GROW;
    }

    private long price(PoolLedger pool, int rung) {
        if (rung == Ladder.NONE || !pricesCompare) {
            return Long.MAX_VALUE;
        }
        Offering offering = fleet.ladder(pool).offering(rung);
        return offering.hasPrice()
                ? PoolLedger.micros(offering) / pool.view().service().slotsPerWorker()
                : Long.MAX_VALUE;
    }
}
