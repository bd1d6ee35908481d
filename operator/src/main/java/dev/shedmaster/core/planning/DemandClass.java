package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Requirement;
import java.util.BitSet;

/**
 * Jobs that are alike to a planner: the same pools serve them. Where no pool does, a class holds the jobs of one
 * requirement.
 */
final class DemandClass {
    private final QueuedJob oldest;
    private final BitSet servedBy;
    private final int[] supplies;
    private int jobs;
    private boolean mixed;

    /**
     * @param oldest the one that has waited longest
     * @param servedBy the indexes of the pools, and of the former slots, that serve it
     */
    DemandClass(QueuedJob oldest, BitSet servedBy) {
        this.oldest = oldest;
        this.servedBy = servedBy;
        this.supplies = servedBy.stream().toArray();
    }

    void add(QueuedJob job) {
        jobs++;
        mixed |= !job.requirement().equals(oldest.requirement());
    }

    int jobs() {
        return jobs;
    }

    QueuedJob oldest() {
        return oldest;
    }

    Requirement requirement() {
        return oldest.requirement();
    }

    /** What its jobs ask for, for a person. */
    String describe() {
        return requirement().describe() + (mixed ? " and others" : "");
    }

    boolean servedBy(int pool) {
        return servedBy.get(pool);
    }

    /** The indexes of the pools, and of the former slots, that serve it, in rising order. */
    int[] supplies() {
        return supplies;
    }

    /** How many pools and former slots serve it; 0 if no pool does. */
    int flexibility() {
        return supplies.length;
    }
}
