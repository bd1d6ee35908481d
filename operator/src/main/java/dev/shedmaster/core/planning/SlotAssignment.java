package dev.shedmaster.core.planning;

import java.util.Arrays;

/**
 * Which pools' slots the classes of demand take; {@link FormerSlots} count as a pool here. Never one slot for two jobs: a pool
 * gives no more than it has.
 *
 * <p>Pools are filled one after the other, the best first. The least flexible class chooses first. A class that finds its
 * pools taken by others which could go elsewhere moves them there, along as many pools as it takes. So each pool is filled
 * as far as any assignment could fill it beside the pools before it; since a slot costs the same whichever job takes it,
 * that serves the greatest possible number of jobs at the least possible cost, whether the sets of pools are nested or
 * not. A pool that has been filled stays so when others are.
 */
final class SlotAssignment {
    private static final int NONE = -1;
    private static final int START = -2;

    private final DemandClass[] classes;
    private final int[] used;
    private final int[] unmet;

    /** By pool and class. */
    private final int[][] taken;

    /** By pool, the classes that it serves. */
    private final int[][] servedBy;

    private int unmetJobs;
    private boolean searched;

    /** By pool, the class that a search has come from. */
    private final int[] reachedFrom;

    /** By class, the pool whose slots it would give up; {@link #START} where a search begins. */
    private final int[] movedFrom;

    private final int[] pending;

    SlotAssignment(DemandClass[] classes, int pools) {
        this.classes = classes;
        this.used = new int[pools];
        this.unmet = new int[classes.length];
        this.taken = new int[pools][classes.length];
        this.servedBy = byPool(classes, pools);
        this.reachedFrom = new int[pools];
        this.movedFrom = new int[classes.length];
        this.pending = new int[classes.length];
        for (int c = 0; c < classes.length; c++) {
            unmet[c] = classes[c].jobs();
            unmetJobs += unmet[c];
        }
    }

    private static int[][] byPool(DemandClass[] classes, int pools) {
        int[][] served = new int[pools][];
        int[] counts = new int[pools];
        for (DemandClass demand : classes) {
            for (int pool : demand.supplies()) {
                counts[pool]++;
            }
        }
        Arrays.setAll(served, pool -> new int[counts[pool]]);
        Arrays.fill(counts, 0);
        for (int c = 0; c < classes.length; c++) {
            for (int pool : classes[c].supplies()) {
                served[pool][counts[pool]++] = c;
            }
        }
        return served;
    }

    int used(int pool) {
        return used[pool];
    }

    int unmet(int demand) {
        return unmet[demand];
    }

    int taken(int demand, int pool) {
        return taken[pool][demand];
    }

    /** Takes slots back until no more than these are taken; the most flexible classes lose theirs first. */
    void trim(int pool, int slots) {
        for (int i = servedBy[pool].length - 1; i >= 0 && used[pool] > slots; i--) {
            int c = servedBy[pool][i];
            int back = Math.min(taken[pool][c], used[pool] - slots);
            taken[pool][c] -= back;
            used[pool] -= back;
            unmet[c] += back;
            unmetJobs += back;
            searched = false;
        }
    }

    /** Gives up to that many of the pool's slots to jobs that have none, directly or by moving others. */
    void fill(int pool, int slots) {
        for (int i = 0; i < servedBy[pool].length && unmetJobs > 0 && used[pool] < slots; i++) {
            int c = servedBy[pool][i];
            if (unmet[c] > 0) {
                int moved = Math.min(unmet[c], slots - used[pool]);
                taken[pool][c] += moved;
                used[pool] += moved;
                unmet[c] -= moved;
                unmetJobs -= moved;
                searched = false;
            }
        }
        while (unmetJobs > 0 && used[pool] < slots && isReached(pool)) {
            shift(pool, slots - used[pool]);
        }
    }

    /** Whether a chain "a job without a slot takes one of that pool, whose job takes one of the next pool …" ends here. */
    private boolean isReached(int target) {
        if (!searched) {
            search();
            searched = true;
        }
        return reachedFrom[target] != NONE;
    }

    /** Finds the shortest chain to every pool that one leads to. It holds until a slot is taken or given back. */
    private void search() {
        Arrays.fill(reachedFrom, NONE);
        int last = 0;
        for (int c = 0; c < classes.length; c++) {
            movedFrom[c] = NONE;
            if (unmet[c] > 0) {
                movedFrom[c] = START;
                pending[last++] = c;
            }
        }
        for (int first = 0; first < last; first++) {
            int c = pending[first];
            for (int pool : classes[c].supplies()) {
                if (reachedFrom[pool] == NONE) {
                    reachedFrom[pool] = c;
                    for (int other : servedBy[pool]) {
                        if (taken[pool][other] > 0 && movedFrom[other] == NONE) {
                            movedFrom[other] = pool;
                            pending[last++] = other;
                        }
                    }
                }
            }
        }
    }

    /** Moves one link of the chain after the other, from the free slots back to the class that had none. */
    private void shift(int target, int free) {
        int slots = free;
        int c = reachedFrom[target];
        for (; movedFrom[c] != START; c = reachedFrom[movedFrom[c]]) {
            slots = Math.min(slots, taken[movedFrom[c]][c]);
        }
        slots = Math.min(slots, unmet[c]);
        unmet[c] -= slots;
        unmetJobs -= slots;
        searched = false;
        used[target] += slots;
        int pool = target;
        for (c = reachedFrom[pool]; movedFrom[c] != START; c = reachedFrom[pool]) {
            taken[pool][c] += slots;
            pool = movedFrom[c];
            taken[pool][c] -= slots;
        }
        taken[pool][c] += slots;
    }
}
