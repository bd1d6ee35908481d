package dev.shedmaster.core.planning;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which pool's slots the classes of demand take. Never one slot for two jobs: a pool gives no more than it has.
 *
 * <p>The least flexible class chooses first, each takes the pools that it likes best. That is already the best possible
 * where the sets of pools are nested. Where they overlap otherwise a class can find its pools taken by others that could
 * go elsewhere; then they are moved, along as many pools as it takes, so that the number of jobs with a slot is always
 * the greatest possible. Raising a pool's capacity never takes a slot away from a job that has one.
 */
final class SlotAssignment {
    private static final int NONE = -1;

    private final DemandClass[] classes;
    private final int[] capacity;
    private final int[] used;
    private final int[] unmet;
    private final int[][] taken;
    private int[] preference;

    /** @param preference the pools' indexes, the one to use first first */
    SlotAssignment(DemandClass[] classes, int[] preference) {
        this.classes = classes;
        this.preference = preference;
        this.capacity = new int[preference.length];
        this.used = new int[preference.length];
        this.unmet = new int[classes.length];
        this.taken = new int[classes.length][preference.length];
        for (int c = 0; c < classes.length; c++) {
            unmet[c] = classes[c].jobs();
        }
    }

    void prefer(int[] pools) {
        preference = pools;
    }

    int used(int pool) {
        return used[pool];
    }

    int unmet(int demand) {
        return unmet[demand];
    }

    int taken(int demand, int pool) {
        return taken[demand][pool];
    }

    /** Sets how many slots a pool has. Where that is fewer than are taken, the most flexible classes give theirs back. */
    void setCapacity(int pool, int slots) {
        capacity[pool] = slots;
        for (int c = classes.length - 1; c >= 0 && used[pool] > slots; c--) {
            int back = Math.min(taken[c][pool], used[pool] - slots);
            taken[c][pool] -= back;
            used[pool] -= back;
            unmet[c] += back;
        }
    }

    /** Gives free slots to jobs that have none, until no further job can have one. */
    void route() {
        for (int c = 0; c < classes.length; c++) {
            takeFree(c);
        }
        Rerouting rerouting = new Rerouting();
        for (int c = 0; c < classes.length; c++) {
            while (unmet[c] > 0 && rerouting.serveMore(c)) {
                // Each turn gives at least one job a slot.
            }
        }
    }

    private void takeFree(int c) {
        for (int i = 0; i < preference.length && unmet[c] > 0; i++) {
            int pool = preference[i];
            if (capacity[pool] > used[pool] && classes[c].servedBy(pool)) {
                move(c, pool, Math.min(unmet[c], capacity[pool] - used[pool]));
            }
        }
    }

    private void move(int c, int pool, int slots) {
        taken[c][pool] += slots;
        used[pool] += slots;
        unmet[c] -= slots;
    }

    /** Looks for chains "this class takes that pool's slot, whose class takes another pool's …" that end at a free slot. */
    private final class Rerouting {
        /** Pools from which no chain leads to a free slot; that stays so until a capacity changes. */
        private final boolean[] exhausted = new boolean[capacity.length];

        private final int[] reachedFrom = new int[capacity.length];
        private final int[] freedFrom = new int[classes.length];
        private final int[] pending = new int[classes.length];

        boolean serveMore(int start) {
            Arrays.fill(reachedFrom, NONE);
            Arrays.fill(freedFrom, NONE);
            int first = 0;
            int last = 0;
            pending[last++] = start;
            while (first < last) {
                int c = pending[first++];
                for (int pool : preference) {
                    if (reachedFrom[pool] != NONE || exhausted[pool] || !classes[c].servedBy(pool)) {
                        continue;
                    }
                    reachedFrom[pool] = c;
                    if (capacity[pool] > used[pool]) {
                        shift(start, pool);
                        return true;
                    }
                    for (int other = 0; other < classes.length; other++) {
                        if (taken[other][pool] > 0 && other != start && freedFrom[other] == NONE) {
                            freedFrom[other] = pool;
                            pending[last++] = other;
                        }
                    }
                }
            }
            for (int pool = 0; pool < exhausted.length; pool++) {
                exhausted[pool] |= reachedFrom[pool] != NONE;
            }
            return false;
        }

        /** Moves one link of the chain after the other, from the free slot back to the class that had none. */
        private void shift(int start, int freePool) {
            int slots = Math.min(unmet[start], capacity[freePool] - used[freePool]);
            for (int c = reachedFrom[freePool]; c != start; c = reachedFrom[freedFrom[c]]) {
                slots = Math.min(slots, taken[c][freedFrom[c]]);
            }
            int pool = freePool;
            used[freePool] += slots;
            for (int c = reachedFrom[pool]; c != start; c = reachedFrom[pool]) {
                taken[c][pool] += slots;
                pool = freedFrom[c];
                taken[c][pool] -= slots;
            }
            taken[start][pool] += slots;
            unmet[start] -= slots;
        }
    }

    /** The first pool by preference that serves the class; null if none does. */
    @Nullable
    Integer favourite(int demand) {
        for (int pool : preference) {
            if (classes[demand].servedBy(pool)) {
                return pool;
            }
        }
        return null;
    }
}
