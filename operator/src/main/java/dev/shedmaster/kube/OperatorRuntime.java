package dev.shedmaster.kube;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.planning.Policy;
import dev.shedmaster.kube.ci.AgentLeaks;
import dev.shedmaster.kube.ci.CiConnector;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.CiListener;
import dev.shedmaster.kube.ci.CiPace;
import dev.shedmaster.kube.ci.JenkinsServerReconciler;
import dev.shedmaster.kube.ci.JenkinsServerStatuses;
import dev.shedmaster.kube.concurrent.BoundedVirtualThreads;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.fleet.Decisions;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.fleet.LatestPlan;
import dev.shedmaster.kube.fleet.PlanningLoop;
import dev.shedmaster.kube.host.AccountKeys;
import dev.shedmaster.kube.host.BareMetalHostReconciler;
import dev.shedmaster.kube.host.HetznerAccountReconciler;
import dev.shedmaster.kube.host.HetznerAccountStatuses;
import dev.shedmaster.kube.host.HetznerConnector;
import dev.shedmaster.kube.host.HostBoard;
import dev.shedmaster.kube.host.HostConnector;
import dev.shedmaster.kube.host.HostImages;
import dev.shedmaster.kube.host.HostLink;
import dev.shedmaster.kube.machine.AccountNews;
import dev.shedmaster.kube.machine.AzureConnector;
import dev.shedmaster.kube.machine.AzureOfferings;
import dev.shedmaster.kube.machine.AzureSubscriptionReconciler;
import dev.shedmaster.kube.machine.AzureSubscriptionStatuses;
import dev.shedmaster.kube.machine.HostAccounts;
import dev.shedmaster.kube.machine.LeakCollector;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.machine.MachineListener;
import dev.shedmaster.kube.machine.MachinePace;
import dev.shedmaster.kube.pool.BlueprintBook;
import dev.shedmaster.kube.pool.PoolReconciler;
import dev.shedmaster.kube.pool.Spans;
import dev.shedmaster.kube.pool.SpecReader;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.Finalizers;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.kube.stock.StockKeeper;
import dev.shedmaster.kube.stock.WorkerImages;
import dev.shedmaster.kube.worker.OwedRecords;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.kube.worker.WorkerIndex;
import dev.shedmaster.kube.worker.WorkerReconciler;
import dev.shedmaster.kube.worker.WorkerRecords;
import dev.shedmaster.kube.worker.WorkerSurroundings;
import dev.shedmaster.kube.worker.WorkerTenancy;
import dev.shedmaster.machine.host.HostMachines;
import dev.shedmaster.machine.host.HostNow;
import dev.shedmaster.port.DedicatedServers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The whole operator on Kubernetes: what is made of what, started and stopped together. */
public final class OperatorRuntime implements AutoCloseable {
    /** A reconciliation may be in the middle of asking a provider for a machine. */
    private static final Duration FINISH_RECONCILIATIONS = Duration.ofSeconds(25);

    /** The planning loop turns at least every ten seconds; one that did not for this long is stuck. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

    /** How long what is known of a host may go unlooked at; news of it are looked at at once. */
    private static final Duration HOST_PACE = Duration.ofSeconds(10);

    private static final Duration HOST_PAUSE = Duration.ofMillis(200);

    private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("later-looks").factory());
    private final KnownObjects<WorkerPool> pools = new KnownObjects<>("pools", later);
    private final KnownObjects<Worker> workers = new KnownObjects<>("workers", later, WorkerTenancy.INDICES);
    private final KnownObjects<JenkinsServer> servers = new KnownObjects<>("servers", later);
    private final KnownObjects<AzureSubscription> subscriptions = new KnownObjects<>("subscriptions", later);
    private final KnownObjects<HetznerAccount> accounts = new KnownObjects<>("accounts", later);
    private final KnownObjects<BareMetalHost> hosts = new KnownObjects<>("hosts", later);
    private final Connections<CiLink> ciLinks = new Connections<>();
    private final Connections<MachineLink> machineLinks = new Connections<>();
    private final HostBoard board = new HostBoard();
    private final Connections<DedicatedServers> robots = new Connections<>();
    private final Connections<HostLink> hostLinks = new Connections<>();
    private final ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor();
    private final Signal planSoon = new Signal();
    private final InstantSource clock;
    private final BoundedVirtualThreads reconciliations;
    private final ReferencedObjects references;
    private final WorkerSurroundings surroundings;
    private final PlanningLoop planning;
    private final Sweeper sweeper;
    private final AccountNews accountNews;
    private final Operator operator;
    private final boolean elects;
    private volatile boolean leading;

    /**
     * Puts the operator together; nothing runs before {@link #start}.
     *
     * @param machineName makes a new machine's name from its pool's
     * @param onStopLeading is run when the lease is lost: the process must end, because another may act already
     */
    public OperatorRuntime(
            OperatorOptions options,
            KubernetesClient client,
            CiConnector ciConnector,
            AzureConnector azureConnector,
            HetznerConnector hetznerConnector,
            HostConnector hostConnector,
            HostImages hostImages,
            WorkerImages workerImages,
            UnaryOperator<String> machineName,
            MeterRegistry meters,
            InstantSource clock,
            Runnable onStopLeading) {
        this.clock = clock;
        later.setRemoveOnCancelPolicy(true);
        this.elects = options.leaderElection();
        this.reconciliations = new BoundedVirtualThreads("reconcile", options.reconciliationsAtOnce());
        this.references = new ReferencedObjects(client, clock);
        EventRecorder events = new EventRecorder(client, options.identity(), clock, aside);
        Retirement retirement = new Retirement(client);
        FleetMemory memory = new FleetMemory(
                clock,
                planSoon,
                () -> pools.objects().map(Names::of).map(Names::id).forEach(pools::wake));
        BootHistories histories = new BootHistories();
        BlueprintBook blueprints = new BlueprintBook();
        AzureOfferings offerings = new AzureOfferings(subscriptions);
        WorkerRecords records = new WorkerRecords(offerings, blueprints);
        OwedRecords owed = new OwedRecords(this::othersWait);
        WorkerIndex index = new WorkerIndex(workers, owed);
        this.surroundings = new WorkerSurroundings(
                options.installation(),
                pools,
                blueprints,
                ciLinks,
                machineLinks,
                source -> isReady() && servers.find(source).isEmpty(),
                memory,
                clock);
        Decisions decisions = new Decisions();
        LatestPlan latest = new LatestPlan(name -> pools.wake(Names.id(name)), name -> servers.wake(Names.id(name)));
        LeakCollector leaks = new LeakCollector(
                (account, reason, note) ->
                        objectOf(account).ifPresent(about -> events.warning(about, "CollectLeaks", reason, note)),
                meters);
        this.planning = PlanningLoop.of(
                client,
                pools,
                workers,
                subscriptions,
                board,
                ciLinks,
                machineLinks,
                blueprints,
                records,
                owed,
                surroundings,
                histories,
                memory,
                retirement,
                latest,
                decisions,
                events,
                machineName,
                Policy.DEFAULT,
                clock,
                meters);
        planSoon.connect(planning::wake);
        HostAccounts hostAccounts = new HostAccounts(
                        board,
                        machineLinks,
                        (host, known) -> hostLink(options.installation(), host, known, index, memory),
                        host -> isReady() && hosts.find(host).isEmpty(),
                        planSoon)
                .start();
        StockKeeper stock = StockKeeper.of(
                        board, hosts, pools, blueprints, this::isReady, workerImages, aside, events, meters, clock)
                .start();
        this.sweeper = new Sweeper(
                leaks,
                new AgentLeaks(options.installation()),
                machineLinks,
                ciLinks,
                subscriptions,
                servers,
                hostAccounts,
                index,
                options.looksForLeaksEvery(),
                clock);
        AzureSubscriptionStatuses accountStatuses =
                new AzureSubscriptionStatuses(workers, offerings, memory, leaks::counts, clock);
        this.accountNews = new AccountNews(subscriptions, accountStatuses::isOutdated, clock);
        planSoon.connect(accountNews::wake);
        ReconcileMetrics reconcileMetrics = new ReconcileMetrics(meters);
        this.operator = operator(options, client, reconcileMetrics, onStopLeading);
        Registrations registrations = new Registrations(operator, options.namespaces(), reconcileMetrics);
        registrations.register(
                new JenkinsServerReconciler(
                        (server, secret, bundle) -> new CiLink(
                                        Names.of(server),
                                        ciConnector.connect(server, secret, bundle),
                                        pace(server),
                                        clock,
                                        index::wake,
                                        new CiListener(index, planSoon, servers.waking(Names.of(server)), clock))
                                .onDoubt(servers.waking(Names.of(server)))
                                .onVerdict(planSoon)
                                .start(),
                        ciLinks,
                        references,
                        new JenkinsServerStatuses(latest, clock),
                        servers,
                        unlessUnknown(index::servesAt),
                        clock),
                Finalizers.CONNECTION);
        registrations.register(
                new AzureSubscriptionReconciler(
                        (subscription, secret) -> {
                            String account = Names.of(subscription);
                            return new MachineLink(
                                            account,
                                            azureConnector.connect(subscription, secret),
                                            () -> index.operations(account),
                                            new MachinePace(
                                                    () -> index.changesAccount(account),
                                                    () -> index.usesAccount(account)),
                                            clock,
                                            index::wake,
                                            new MachineListener(account, index, memory, subscriptions.waking(account)))
                                    .start();
                        },
                        machineLinks,
                        references,
                        accountStatuses,
                        memory,
                        subscriptions,
                        unlessUnknown(index::usesAccount),
                        clock),
                Finalizers.CONNECTION);
        AccountKeys accountKeys = new AccountKeys(account -> hosts.objects()
                .filter(host -> BareMetalHostReconciler.belongsTo(host, account))
                .forEach(host -> hosts.wake(Names.id(Names.of(host)))));
        registrations.register(
                new HetznerAccountReconciler(
                        hetznerConnector::connect,
                        robots,
                        accountKeys,
                        references,
                        new HetznerAccountStatuses(clock),
                        accounts,
                        unlessUnknown(account ->
                                hosts.objects().anyMatch(host -> BareMetalHostReconciler.belongsTo(host, account))),
                        clock),
                Finalizers.CONNECTION);
        registrations.register(
                BareMetalHostReconciler.of(
                        options.installation(),
                        hostConnector::open,
                        hostImages,
                        hostLinks,
                        robots,
                        accountKeys,
                        references,
                        hosts,
                        accounts,
                        servers,
                        new WorkerTenancy(workers, ciLinks),
                        board,
                        events,
                        meters,
                        stock::news,
                        this::isReady,
                        clock),
                Finalizers.HOST);
        registrations.register(
                new PoolReconciler(
                        new SpecReader(servers, subscriptions, references, offerings),
                        blueprints,
                        latest,
                        decisions,
                        memory,
                        histories,
                        pools,
                        workers,
                        retirement,
                        this::isReady,
                        planSoon,
                        clock),
                Finalizers.POOL);
        registrations.register(
                WorkerReconciler.of(
                        records,
                        surroundings,
                        memory,
                        retirement,
                        histories,
                        events,
                        meters,
                        workers,
                        planning::shown,
                        this::isReady,
                        owed,
                        planSoon,
                        clock),
                Finalizers.WORKER);
    }

    /** The object that an account is described by. */
    private Optional<? extends HasMetadata> objectOf(String account) {
        return HostSlot.isAccount(account) ? hosts.find(HostSlot.host(account)) : subscriptions.find(account);
    }

    /** What is read of a host costs nobody anything: it was read by who looks after it. */
    private MachineLink hostLink(
            String installation, String host, Supplier<HostNow> known, WorkerIndex index, FleetMemory memory) {
        String account = HostSlot.account(host);
        return new MachineLink(
                        account,
                        new HostMachines(host, installation, known, aside, clock),
                        () -> index.operations(account),
                        (before, now) -> HOST_PACE,
                        HOST_PAUSE,
                        clock,
                        index::wake,
                        new MachineListener(account, index, memory, planSoon))
                .start();
    }

    /** Without leader election connections are looked at before all workers are known: until then each counts as in use. */
    private Predicate<String> unlessUnknown(Predicate<String> inUse) {
        return name -> !isReady() || inUse.test(name);
    }

    /** Returns once all objects are known; with leader election, acting begins when the lease is held. */
    public OperatorRuntime start() {
        operator.start();
        if (!elects) {
            lead();
        }
        return this;
    }

    /** All objects are known. */
    public boolean isReady() {
        return operator.getRuntimeInfo().isStarted();
    }

    /** The loop that everything depends on still turns, or is not our business as long as another leads. */
    public boolean isAlive() {
        return !leading || planning.lastTurn().plus(STUCK_AFTER).isAfter(clock.instant());
    }

    public boolean isLeading() {
        return leading;
    }

    /** Finishes what is under way and stops; the lease is given back, so that another replica goes on at once. */
    @Override
    public void close() {
        leading = false;
        planning.close();
        sweeper.close();
        accountNews.close();
        operator.stop();
        later.shutdownNow();
        ciLinks.close();
        machineLinks.close();
        hostLinks.close();
        robots.close();
        references.close();
        aside.shutdown();
    }

    private Operator operator(
            OperatorOptions options, KubernetesClient client, ReconcileMetrics metrics, Runnable onStopLeading) {
        return new Operator(configuration -> {
            configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withUseSSAToPatchPrimaryResource(false)
                    // Else the echo of an earlier write of ours hides the later one, and each look until its echo comes
                    // ends in a conflict: three for each worker when the watch lags.
                    .withParseResourceVersions(true)
                    .checkingCRDAndValidateLocalModel(false)
                    .withMetrics(metrics)
                    .withExecutorService(reconciliations)
                    .withResourceCloner(new RecordCloner(client.getKubernetesSerialization()))
                    .withReconciliationTerminationTimeout(FINISH_RECONCILIATIONS);
            if (options.leaderElection()) {
                configuration.withLeaderElectionConfiguration(
                        LeaderLease.configuration(options, this::lead, onStopLeading));
            }
        });
    }

    /** Whether workers wait to be written down or looked at. */
    private boolean othersWait() {
        return planning.isCrowded() || reconciliations.isCrowded();
    }

    private void lead() {
        leading = true;
        surroundings.begin();
        planning.start();
        sweeper.start();
        accountNews.start();
    }

    private static CiPace pace(JenkinsServer server) {
        return new CiPace(
                Spans.duration(server.getSpec().poll().minInterval()),
                Spans.duration(server.getSpec().poll().maxInterval()),
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
