package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.slot.HostView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that a plan rests on, at one instant. The order of the lists does not matter.
 *
 * @param jobs what waits, of all sources
 * @param sources the CI systems by name
 * @param pools the pools, those included that are being deleted
 * @param workers every worker that is decided on and not yet gone
 * @param accounts whose machines they are
 * @param hosts the hosts of one's own, whether they take workers or not
 * @param memory what providers have refused lately
 * @param removalCandidates the workers that the last plan wanted to remove and did not yet, with the instant since when:
 *     {@link FleetPlan#removalCandidates} of the last plan, handed back
 */
public record FleetView(
        List<QueuedJob> jobs,
        Map<String, SourceView> sources,
        List<PoolView> pools,
        List<WorkerView> workers,
        List<AccountView> accounts,
        List<HostView> hosts,
        OfferingMemory memory,
        Map<String, Instant> removalCandidates) {
    public FleetView {
        jobs = List.copyOf(jobs);
        sources = Map.copyOf(sources);
        pools = List.copyOf(pools);
        workers = List.copyOf(workers);
        accounts = List.copyOf(accounts);
        hosts = List.copyOf(hosts);
        removalCandidates = Map.copyOf(removalCandidates);
    }

    /** A fleet whose machines are all rented. */
    public FleetView(
            List<QueuedJob> jobs,
            Map<String, SourceView> sources,
            List<PoolView> pools,
            List<WorkerView> workers,
            List<AccountView> accounts,
            OfferingMemory memory,
            Map<String, Instant> removalCandidates) {
        this(jobs, sources, pools, workers, accounts, List.of(), memory, removalCandidates);
    }
}
