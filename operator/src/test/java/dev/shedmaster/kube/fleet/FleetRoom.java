package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.AzureAuth;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.LeakCollection;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.QuietCi;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.host.HostBoard;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.machine.QuietProvider;
import dev.shedmaster.kube.machine.SampleSubscriptions;
import dev.shedmaster.kube.pool.BlueprintBook;
import dev.shedmaster.kube.pool.PoolViews;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.kube.worker.WorkerRecords;
import dev.shedmaster.kube.worker.WorkerSurroundings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What plans rest on, as a test says it: objects, readings of CI systems, connected accounts. */
final class FleetRoom implements AutoCloseable {
    static final String JENKINS = "ci/jenkins";
    static final String ACCOUNT = "ci/azure";
    static final String POOL = "ci/kvm";

    final Informed<WorkerPool> pools = new Informed<>(WorkerPool.class, woken -> {});
    final Informed<AzureSubscription> accounts = new Informed<>(AzureSubscription.class, woken -> {});
    final Informed<Worker> workers = new Informed<>(Worker.class, woken -> {});
    final Connections<CiLink> ciLinks = new Connections<>();
    final Connections<MachineLink> machineLinks = new Connections<>();
    final BlueprintBook blueprints = new BlueprintBook();
    final CreationLedger ledger = new CreationLedger();
    final RefusedWrites refused = new RefusedWrites();
    final BootHistories histories = new BootHistories();
    final FleetMemory memory;
    final FleetObserver observer;

    private final HostBoard board = new HostBoard();
    private final InstantSource clock;
    private final WorkerRecords records = SampleWorkers.records();

    /** Is told of each worker whose record is about to be read. */
    volatile Consumer<Worker> onRead = worker -> {};

    FleetRoom(InstantSource clock, Retirement retirement) {
        this.clock = clock;
        this.memory = new FleetMemory(clock, () -> {});
        this.observer = new FleetObserver(
                pools.known(),
                workers.known(),
                accounts.known(),
                board,
                ciLinks,
                machineLinks,
                blueprints,
                new PoolViews(blueprints, board::hosts),
                new KnownWorkers(this::read, name -> Optional.empty()),
                new WorkerViews(
                        new WorkerSurroundings(
                                "installation",
                                pools.known(),
                                blueprints,
                                ciLinks,
                                machineLinks,
                                source -> false,
                                memory,
                                clock),
                        retirement),
                ledger,
                refused,
                histories,
                memory);
    }

    private WorkerLife read(Worker worker) {
        onRead.accept(worker);
        return records.read(worker);
    }

    /** Adds the pool {@link #POOL} for jobs with that label. */
    void pool(String label) {
        pools.put(Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {namespace: ci, name: kvm, uid: uid, generation: 1}
                spec:
                  ci: {jenkins: {serverRef: {name: jenkins}, labels: [%s]}}
                  machine: {architecture: amd64}
                  placements: []
                  scaling: {max: 5}
                """.formatted(label), WorkerPool.class));
    }

    /** Adds the account's object, or another generation of it. */
    void account(String name, long generation) {
        AzureSubscription account =
                SampleSubscriptions.azure("ci", new AzureAuth(null, null, null), LeakCollection.DEFAULT);
        account.getMetadata().setName(name.substring("ci/".length()));
        account.getMetadata().setGeneration(generation);
        accounts.put(account);
    }

    void connectAccount(String name) {
        machineLinks.ensure(
                name,
                name,
                () -> new MachineLink(
                        name,
                        new QuietProvider(),
                        Map::of,
                        (before, now) -> Duration.ofHours(1),
                        clock,
                        corrected -> {},
                        (before, now) -> {}));
    }

    /** Connects a CI system and reads it without pause. */
    CiLink connectCi(String name, QuietCi system) {
        CiLink link = ciLinks.ensure(
                name,
                name,
                () -> new CiLink(
                                name,
                                system,
                                (before, now) -> Duration.ofMillis(1),
                                clock,
                                corrected -> {},
                                (before, now) -> {})
                        .start());
        link.verify();
        return link;
    }

    static QueuedJob job(String source, String id, String label, Instant queuedAt) {
        return new QueuedJob(source, id, "build #" + id, new Labelled(new LabelExpression.Atom(label)), queuedAt);
    }

    @Override
    public void close() {
        ciLinks.close();
        machineLinks.close();
    }
}
