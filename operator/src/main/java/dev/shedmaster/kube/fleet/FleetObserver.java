package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.planning.BootHistory;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.PoolView;
import dev.shedmaster.core.planning.SourceView;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.CiPicture;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.host.HostBoard;
import dev.shedmaster.kube.host.HostCard;
import dev.shedmaster.kube.machine.AccountViews;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.pool.Blueprints;
import dev.shedmaster.kube.pool.PoolBlueprint;
import dev.shedmaster.kube.pool.PoolViews;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers everything that a plan rests on, at one instant, from what is already known: it asks nobody. */
final class FleetObserver {
    private final KnownObjects<WorkerPool> pools;
    private final KnownObjects<Worker> workers;
    private final KnownObjects<AzureSubscription> accounts;
    private final HostBoard hosts;
    private final Connections<CiLink> ciLinks;
    private final Connections<MachineLink> machineLinks;
    private final Blueprints blueprints;
    private final PoolViews poolViews;
    private final KnownWorkers knownWorkers;
    private final WorkerViews workerViews;
    private final CreationLedger ledger;
    private final RefusedWrites refused;
    private final BootHistories histories;
    private final FleetMemory memory;

    FleetObserver(
            KnownObjects<WorkerPool> pools,
            KnownObjects<Worker> workers,
            KnownObjects<AzureSubscription> accounts,
            HostBoard hosts,
            Connections<CiLink> ciLinks,
            Connections<MachineLink> machineLinks,
            Blueprints blueprints,
            PoolViews poolViews,
            KnownWorkers knownWorkers,
            WorkerViews workerViews,
            CreationLedger ledger,
            RefusedWrites refused,
            BootHistories histories,
            FleetMemory memory) {
        this.pools = pools;
        this.workers = workers;
        this.accounts = accounts;
        this.hosts = hosts;
        this.ciLinks = ciLinks;
        this.machineLinks = machineLinks;
        this.blueprints = blueprints;
        this.poolViews = poolViews;
        this.knownWorkers = knownWorkers;
        this.workerViews = workerViews;
        this.ledger = ledger;
        this.refused = refused;
        this.histories = histories;
        this.memory = memory;
    }

    FleetView observe(Map<String, Instant> removalCandidates, Instant now) {
        // Before the pictures: what is recorded of a worker then rests on none that is newer than these. A job would be
        // seen to wait whose worker is known to have run it.
        List<KnownWorkers.Known> known = knownWorkers(now);
        Map<String, CiPicture> pictures = new HashMap<>();
        ciLinks.forEach((name, link) -> pictures.put(name, link.picture()));
        List<QueuedJob> jobs = new ArrayList<>();
        Map<String, SourceView> sources = new HashMap<>();
        pictures.forEach((name, picture) -> {
            sources.put(name, new SourceView(name, picture.begunAt(), picture.failingSince(), picture.outside()));
            jobs.addAll(picture.jobs());
        });
        MachineCensus machines = new MachineCensus();
        machineLinks.forEach((name, link) -> machines.count(link.machines()));
        Map<String, Integer> shown = machines.byPool();
        return new FleetView(
                jobs,
                sources,
                pools.objects().map(pool -> view(pool, shown, now)).toList(),
                workerViews.views(known, pictures, now),
                accounts.objects().map(AccountViews::view).toList(),
                hosts.hosts().stream().map(HostCard::view).toList(),
                memory.current(),
                removalCandidates);
    }

    private List<KnownWorkers.Known> knownWorkers(Instant now) {
        // Those that are only decided on are asked for first: what is missing there the informer shows.
        List<Worker> pending = ledger.pending(now);
        return knownWorkers.of(Stream.concat(workers.objects(), pending.stream()), accountGenerations());
    }

    /** What the prices of machines rest on. */
    private Map<String, Long> accountGenerations() {
        Map<String, Long> generations = new HashMap<>();
        accounts.objects()
                .forEach(account ->
                        generations.put(Names.of(account), account.getMetadata().getGeneration()));
        return generations;
    }

    private PoolView view(WorkerPool pool, Map<String, Integer> machines, Instant now) {
        String name = Names.of(pool);
        return poolViews.view(
                pool,
                blueprints
                        .find(name)
                        .map(blueprint -> histories.of(name, blueprint.templateHash()))
                        .orElse(BootHistory.NONE),
                machines.getOrDefault(name, 0),
                trouble(name, now),
                now);
    }

    /**
     * Why nothing could be made for the pool now, although its spec is fine: nobody to register at, to ask for a machine, or
     * to write the worker down with.
     */
    private @Nullable String trouble(String pool, Instant now) {
        return blueprints
                .find(pool)
                .flatMap(blueprint -> troubleWithCi(blueprint.source())
                        .or(() -> troubleWithAccounts(blueprint))
                        .or(() -> refused.hindrance(pool, now)))
                .orElse(null);
    }

    private Optional<String> troubleWithCi(String source) {
        CiLink ci = ciLinks.find(source).orElse(null);
        if (ci == null) {
            return Optional.of("its CI system " + source + " is not connected; see that object's conditions");
        }
        if (ci.isLeaving()) {
            return Optional.of("its CI system " + source
                    + " is being deleted, and goes after the last worker that is registered there: make another pool for"
                    + " another server, and delete this one");
        }
        List<String> lacking = ci.agentsLack().orElse(null);
        if (lacking == null) {
            return Optional.of(
                    "what its CI system " + source + " permits us is not known yet; see that object's conditions");
        }
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("its CI system " + source + " does not permit us " + String.join(", ", lacking)
                        + ", which every worker needs; see that object's conditions");
    }

    /** Of hosts the plan itself says what is wrong with them. */
    private Optional<String> troubleWithAccounts(PoolBlueprint blueprint) {
        return blueprint.ladder().stream()
                        .anyMatch(offering -> offering.slot() != null
                                || machineLinks.find(offering.account()).isPresent())
                ? Optional.empty()
                : Optional.of("none of its accounts is connected; see the conditions of its AzureSubscriptions");
    }
}
