package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.QueuedJob;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Slots on their way up that were registered with labels which their pool has had before: the jobs that they serve are others
 * than the pool's. They are filled like a pool of their own that cannot grow.
 *
 * @param pool whose workers they are
 * @param labels what these workers offer
 * @param slots how many jobs they can run together
 */
record FormerSlots(PoolLedger pool, Set<String> labels, int slots) {
    static final Comparator<FormerSlots> IN_ORDER = Comparator.comparingInt(
                    (FormerSlots former) -> former.pool().index())
            .thenComparing(former -> new TreeSet<>(former.labels()).toString());

    boolean serve(QueuedJob job) {
        PoolView view = pool.view();
        return view.service().source().equals(job.source())
                && job.requirement().servedBy(labels, view.service().exclusive());
    }
}
