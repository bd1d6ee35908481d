package dev.shedmaster.kube.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.HostIsolation;
import dev.shedmaster.api.v1alpha1.HostMachine;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.Kvm;
import dev.shedmaster.api.v1alpha1.NameReference;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPlacement;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.api.v1alpha1.WorkerSpec;
import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.BootHistory;
import dev.shedmaster.core.planning.FleetPlanner;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.Hold;
import dev.shedmaster.core.planning.Policy;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.PoolView;
import dev.shedmaster.core.planning.SourceView;
import dev.shedmaster.core.slot.HostView.Standing;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.host.HostBoard;
import dev.shedmaster.kube.host.HostCard;
import dev.shedmaster.kube.host.Posted;
import dev.shedmaster.kube.machine.AzureOfferings;
import dev.shedmaster.kube.machine.HostAccounts;
import dev.shedmaster.kube.machine.HostNeed;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.kube.worker.WorkerRecords;
import dev.shedmaster.machine.host.HostMachines;
import dev.shedmaster.machine.host.PretendServer;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("From a pool's placement to a worker that runs on a host, by all parts of the operator that are between")
class WorkersOnHostsTest {
    private static final String HOST = "ci/rx220-1";
    private static final String ACCOUNT = "ci/host/rx220-1";
    private static final String NAME = "sm-arm64-kvm-aaaaaaab";
    private static final MachineOwner OWNER = new MachineOwner("here", "ci/arm64-kvm", "ci/" + NAME, "uid");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T21:00:00Z"));
    private final InstantSource clock = now::get;
    private final PretendServer server = new PretendServer(clock);
    private final HostBoard board = new HostBoard();
    private final Connections<MachineLink> links = new Connections<>();
    private final Set<String> woken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger plans = new AtomicInteger();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final HostAccounts accounts = new HostAccounts(
                    board,
                    links,
                    (host, known) -> new MachineLink(
                                    ACCOUNT,
                                    new HostMachines(host, "here", known, Runnable::run, clock),
                                    Map::of,
                                    (before, after) -> Duration.ofHours(1),
                                    Duration.ZERO,
                                    clock,
                                    names -> {},
                                    this::wakeChanged)
                            .start(),
                    gone::contains,
                    plans::incrementAndGet)
            .start();
    private final Informed<JenkinsServer> servers = new Informed<>(JenkinsServer.class, id -> {});
    private final KubernetesClient unasked = new KubernetesClientBuilder().build();
    private final BlueprintBook book = new BlueprintBook();
    private final PoolViews views = new PoolViews(book, board::hosts);

    @AfterEach
    void end() {
        links.close();
        unasked.close();
    }

    private WorkerPool pool(String hosts) {
        servers.put(Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: JenkinsServer
                metadata: {namespace: ci, name: jenkins}
                """, JenkinsServer.class));
        return Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {namespace: ci, name: arm64-kvm}
                spec:
                  ci: {jenkins: {serverRef: {name: jenkins}, labels: [arm64, kvm]}}
                  machine: {architecture: arm64, cpus: 16, memory: 48Gi, kvm: Required}
                  placements:
                    - name: own-hosts
                      hosts: %s
                  scaling: {max: 5}
                  trustZone: release
                """.formatted(hosts), WorkerPool.class);
    }

    private PoolBlueprint draw(WorkerPool pool) {
        SpecReader reader = new SpecReader(
                servers.known(),
                new Informed<>(AzureSubscription.class, id -> {}).known(),
                new ReferencedObjects(unasked, clock),
                new AzureOfferings(new Informed<>(AzureSubscription.class, id -> {}).known()));
        PoolBlueprint blueprint = done(reader.draw(pool, () -> {}));
        book.drawn("ci/arm64-kvm", 1, blueprint);
        return blueprint;
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T>(PortError error) -> throw new AssertionError(error.toString());
        };
    }

    private PoolPlan plan(WorkerPool pool) throws LabelSyntaxException {
        PoolView view = views.view(pool, BootHistory.NONE, 0, null, now.get());
        FleetView fleet = new FleetView(
                List.of(new QueuedJob(
                        "ci/jenkins", "1", "kola", new Labelled(LabelExpression.parse("arm64 && kvm")), now.get())),
                Map.of("ci/jenkins", new SourceView("ci/jenkins", now.get(), OutsideAgents.NONE)),
                List.of(view),
                List.of(),
                List.of(),
                board.hosts().stream().map(HostCard::view).toList(),
                OfferingMemory.EMPTY,
                Map.of());
        return FleetPlanner.plan(fleet, Policy.DEFAULT, now.get()).pools().getFirst();
    }

    /** The host's own loop has read it. */
    private void read(Standing standing, @Nullable PortError trouble) {
        Instant begun = now.get();
        HostReport report = server.report();
        now.updateAndGet(before -> before.plusSeconds(1));
        Posted.put(board, Posted.rx220(HOST, standing, server, new Reading<>(report, begun, trouble)));
    }

    /** As the operator's own listener does. */
    private void wakeChanged(Reading<Map<String, MachineState>> before, Reading<Map<String, MachineState>> after) {
        Map<String, MachineState> shown = after.value();
        if (shown != null && !shown.equals(before.value())) {
            woken.addAll(shown.keySet());
        }
    }

    private void passTime() {
        now.updateAndGet(before -> before.plusSeconds(5));
    }

    private MachineLink link() {
        return links.find(ACCOUNT).orElseThrow();
    }

    private Offering planned(WorkerPool pool) throws LabelSyntaxException {
        List<PoolPlan.Creation> creations = plan(pool).creations();
        assertThat(creations).hasSize(1);
        return creations.getFirst().offering();
    }

    private MachineOrder order(PoolBlueprint blueprint, Offering offering) {
        AgentCredentials agent = new AgentCredentials(URI.create("https://jenkins.example.org/"), NAME, "s3cret");
        return done(blueprint.machineOrder(NAME, offering, OWNER, agent));
    }

    @Test
    void aJobsWorkerIsOneUnitThatWasStartedByOneCall() throws Exception {
        read(Standing.OPEN, null);
        WorkerPool pool = pool("{selector: {matchLabels: {class: rx220}}, isolation: Container}");
        PoolBlueprint blueprint = draw(pool);
        MachineOrder order = order(blueprint, planned(pool));

        assertThat(done(link().create(order)).id()).isEqualTo(HOST + "/" + NAME);
        assertThat(server.calls).containsExactly("start " + NAME);
        await().untilAsserted(() -> assertThat(link().sight(NAME)).isInstanceOf(MachineSight.Starting.class));
        HostOrder started = Objects.requireNonNull(server.orders.get(NAME));
        assertThat(started.owner()).isEqualTo(OWNER);
        assertThat(new String(started.files().get("agent.env"), StandardCharsets.UTF_8))
                .contains("JENKINS_URL=https://jenkins.example.org/\n", "JENKINS_SECRET=s3cret\n");
        assertThat(started.files()).containsKeys("agent-prepare", "agent.service");

        passTime();
        read(Standing.OPEN, null);
        await().untilAsserted(() -> assertThat(link().sight(NAME)).isInstanceOf(MachineSight.Running.class));
        await().untilAsserted(() -> assertThat(woken).contains(NAME));
        assertThat(server.calls).containsExactly("start " + NAME);
    }

    @Test
    void whatItTakesOfItsHostIsInItsObject() throws Exception {
        read(Standing.OPEN, null);
        WorkerPool pool = pool("{isolation: Container, image: {name: mine}}");
        draw(pool);
        Offering offering = planned(pool);
        WorkerPlacement written = WorkerRecords.placement(NAME, offering);
        assertThat(written)
                .isEqualTo(new WorkerPlacement(
                        "own-hosts",
                        null,
                        new HostMachine(
                                new NameReference("rx220-1"),
                                NAME,
                                HostIsolation.CONTAINER,
                                "mine",
                                16,
                                "48Gi",
                                Kvm.REQUIRED,
                                "release")));

        Worker worker = SampleWorkers.named(NAME);
        WorkerSpec spec = worker.getSpec();
        worker.setSpec(new WorkerSpec(spec.poolRef(), spec.ci(), written, spec.templateHash()));
        assertThat(WorkerRecords.account(worker)).isEqualTo(ACCOUNT);
        assertThat(SampleWorkers.records().read(worker).offering()).isEqualTo(offering);
        assertThat(offering.open()).isEqualTo(draw(pool).ladder().getFirst());
    }

    @Test
    void whatAHostHasLostIsGone() throws Exception {
        read(Standing.OPEN, null);
        WorkerPool pool = pool("{isolation: Container}");
        done(link().create(order(draw(pool), planned(pool))));
        passTime();
        read(Standing.OPEN, null);
        await().untilAsserted(() -> assertThat(link().sight(NAME)).isInstanceOf(MachineSight.Running.class));

        server.reboot();
        woken.clear();
        passTime();
        read(Standing.OPEN, null);
        await().untilAsserted(() -> assertThat(link().sight(NAME)).isInstanceOf(MachineSight.Unlisted.class));
        passTime();
        done(link().look(NAME));
        assertThat(link().sight(NAME)).isInstanceOf(MachineSight.Absent.class);
        assertThat(server.calls).containsExactly("start " + NAME);
    }

    @Test
    void aHostThatIsTakenAwayByForceTakesItsWorkersAlong() throws Exception {
        read(Standing.OPEN, null);
        WorkerPool pool = pool("{isolation: Container}");
        done(link().create(order(draw(pool), planned(pool))));
        Posted.remove(board, HOST);
        // Nobody knows yet whether it is gone, or only not known.
        assertThat(link().look(NAME)).isInstanceOf(Outcome.Failed.class);
        gone.add(HOST);
        passTime();
        done(link().look(NAME));
        assertThat(link().sight(NAME)).isInstanceOf(MachineSight.Absent.class);
        assertThat(accounts.isThere(ACCOUNT)).isFalse();
    }

    /** After a restart nobody tells of a host whose object is gone. */
    @Test
    void workersOfAHostThatNobodyTellsOfAreAdopted() {
        assertThat(links.find(ACCOUNT)).isEmpty();
        accounts.adopt(List.of("ci/azure", ACCOUNT, ACCOUNT).stream());
        gone.add(HOST);
        passTime();
        done(link().look(NAME));
        assertThat(link().sight(NAME)).isInstanceOf(MachineSight.Absent.class);
        assertThat(links.names()).containsExactly(ACCOUNT);
    }

    @Test
    void aPlanIsMadeOnlyWhenSomethingChangedThatPlansRestOn() {
        read(Standing.OPEN, null);
        read(Standing.OPEN, null);
        assertThat(plans).hasValue(1);
        read(Standing.DRAINING, null);
        assertThat(plans).hasValue(2);
        Posted.remove(board, HOST);
        assertThat(plans).hasValue(3);
    }

    @Test
    void hostsOfOtherNamespacesAndOtherLabelsAreNotMeant() throws Exception {
        Posted.put(board, Posted.rx220("other/rx220-1", Standing.OPEN, server, null));
        read(Standing.OPEN, null);
        WorkerPool mine = pool("{selector: {matchLabels: {class: rx220}}, isolation: Container}");
        draw(mine);
        assertThat(views.view(mine, BootHistory.NONE, 0, null, now.get())
                        .making()
                        .needs())
                .hasEntrySatisfying(
                        "own-hosts", need -> assertThat(need.hosts()).containsExactly(HOST));
        WorkerPool none = pool("{selector: {matchLabels: {class: rx170}}, isolation: Container}");
        draw(none);
        assertThat(plan(none).hindrances())
                .hasOnlyElementsOfType(Hold.HostsUnfit.class)
                .isNotEmpty();
    }

    @Test
    void aWorkerIsMadeOnceItsImageIsThere() throws Exception {
        server.has("other", "");
        WorkerPool pool =
                pool("{isolation: Container, image: {name: worker, version: '1', index: 'https://i.example.org/'}}");
        HostNeed need = draw(pool).hostNeeds().get("own-hosts");
        assertThat(need).isNotNull();
        read(Standing.OPEN, null);
        assertThat(plan(pool).hindrances())
                .singleElement()
                .satisfies(hold -> assertThat(hold.text()).contains("1 of 1 host fetches the image worker 1"));

        int before = plans.get();
        server.has(need.image().name(), "1");
        read(Standing.OPEN, null);
        assertThat(plans.get()).as("what came is planned with at once").isEqualTo(before + 1);
        assertThat(plan(pool).hindrances()).isEmpty();
    }

    @Test
    void anImageThatNobodyHasPutThereIsSaidToBeMissing() throws Exception {
        server.has("other", "");
        WorkerPool pool = pool("{isolation: Container}");
        draw(pool);
        read(Standing.OPEN, null);
        assertThat(plan(pool).hindrances())
                .singleElement()
                .isInstanceOfSatisfying(
                        Hold.HostsUnfit.class,
                        hold -> assertThat(hold.text()).contains("1 of 1 host does not have the image worker-jenkins"));
    }

    @Test
    void whichHostsAreMeantIsNoPartOfTheTemplate() {
        String before = draw(pool("{isolation: Container}")).templateHash();
        assertThat(draw(pool("{selector: {matchLabels: {class: rx220}}, isolation: Container}"))
                        .templateHash())
                .isEqualTo(before);
        List<String> others = new ArrayList<>();
        for (String change :
                List.of("image: {name: mine}", "resolvers: [192.0.2.53]", "refusedNetworks: [10.0.0.0/8]")) {
            others.add(draw(pool("{isolation: Container, " + change + "}")).templateHash());
        }
        assertThat(others).doesNotHaveDuplicates().doesNotContain(before);
    }
}
