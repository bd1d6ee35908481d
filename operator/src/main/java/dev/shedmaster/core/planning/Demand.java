package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The queue, reduced to classes of jobs that the same pools serve: in practice as few as there are pools. Jobs keep their
 * order of arrival, so that each can be told what it waits for.
 */
final class Demand {
    private static final Comparator<DemandClass> LEAST_FLEXIBLE_FIRST =
            Comparator.comparingInt(DemandClass::flexibility).thenComparing(DemandClass::oldest, Arrival.ORDER);

    private final QueuedJob[] jobs;
    private final int[] classOf;
    private final DemandClass[] classes;

    private Demand(QueuedJob[] jobs, int[] classOf, DemandClass[] classes) {
        this.jobs = jobs;
        this.classOf = classOf;
        this.classes = classes;
    }

    /** Every queued job once, oldest first. */
    QueuedJob[] jobs() {
        return jobs;
    }

    /** The index of the class of the job with this index. */
    int classOf(int job) {
        return classOf[job];
    }

    /** The classes, least flexible first: who has the fewest pools to choose from, then who has waited longest. */
    DemandClass[] classes() {
        return classes;
    }

    /**
     * Sorts a queue into classes.
     *
     * @param pools in the order of their indexes
     * @param former whose indexes follow those of the pools
     */
    static Demand of(List<QueuedJob> queue, List<PoolView> pools, List<FormerSlots> former) {
        QueuedJob[] jobs = distinct(queue);
        Map<String, Map<Requirement, Integer>> byRequirement = new HashMap<>();
        Map<BitSet, Integer> byPools = new HashMap<>();
        List<DemandClass> found = new ArrayList<>();
        int[] classOf = new int[jobs.length];
        for (int i = 0; i < jobs.length; i++) {
            QueuedJob job = jobs[i];
            Map<Requirement, Integer> ofSource = byRequirement.computeIfAbsent(job.source(), source -> new HashMap<>());
            Integer index = ofSource.get(job.requirement());
            if (index == null) {
                BitSet servedBy = whoServes(job, pools, former);
                index = servedBy.isEmpty() ? null : byPools.get(servedBy);
                if (index == null) {
                    index = found.size();
                    found.add(new DemandClass(job, servedBy));
                    byPools.put(servedBy, index);
                }
                ofSource.put(job.requirement(), index);
            }
            found.get(index).add(job);
            classOf[i] = index;
        }
        return inOrder(jobs, classOf, found);
    }

    private static Demand inOrder(QueuedJob[] jobs, int[] classOf, List<DemandClass> found) {
        Integer[] order = new Integer[found.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(found::get, LEAST_FLEXIBLE_FIRST));
        DemandClass[] classes = new DemandClass[order.length];
        int[] place = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            classes[i] = found.get(order[i]);
            place[order[i]] = i;
        }
        for (int i = 0; i < classOf.length; i++) {
            classOf[i] = place[classOf[i]];
        }
        return new Demand(jobs, classOf, classes);
    }

    /** Sorts by arrival and drops what is listed twice. */
    private static QueuedJob[] distinct(List<QueuedJob> queue) {
        QueuedJob[] jobs = Arrival.sorted(queue);
        int kept = 0;
        for (QueuedJob job : jobs) {
            if (kept == 0
                    || !job.id().equals(jobs[kept - 1].id())
                    || !job.source().equals(jobs[kept - 1].source())) {
                jobs[kept++] = job;
            }
        }
        return kept == jobs.length ? jobs : Arrays.copyOf(jobs, kept);
    }

    /** Nobody, if no pool does: what a worker on its way up would still take does not make the job one of its pool's. */
    private static BitSet whoServes(QueuedJob job, List<PoolView> pools, List<FormerSlots> former) {
        BitSet serves = new BitSet(pools.size() + former.size());
        for (int p = 0; p < pools.size(); p++) {
            PoolView pool = pools.get(p);
            if (!pool.state().closing()
                    && pool.service().source().equals(job.source())
                    && job.requirement()
                            .servedBy(pool.service().labels(), pool.service().exclusive())) {
                serves.set(p);
            }
        }
        for (int f = 0; f < former.size() && !serves.isEmpty(); f++) {
            if (former.get(f).serve(job)) {
                serves.set(pools.size() + f);
            }
        }
        return serves;
    }
}
