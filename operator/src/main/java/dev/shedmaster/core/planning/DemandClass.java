package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Requirement;

/** Jobs that are alike to a planner: they wait in one system and ask for the same. */
final class DemandClass {
    private final QueuedJob oldest;
    private final boolean[] servedBy;
    private final int flexibility;
    private int jobs;

    /** @param servedBy by a pool's index, whether it serves these jobs */
    DemandClass(QueuedJob oldest, boolean[] servedBy) {
        this.oldest = oldest;
        this.servedBy = servedBy;
        int pools = 0;
        for (boolean serves : servedBy) {
            pools += serves ? 1 : 0;
        }
        this.flexibility = pools;
    }

    void add() {
        jobs++;
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

    boolean servedBy(int pool) {
        return servedBy[pool];
    }

    /** How many pools serve it. */
    int flexibility() {
        return flexibility;
    }
}
