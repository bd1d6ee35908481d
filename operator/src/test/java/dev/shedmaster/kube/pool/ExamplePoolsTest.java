package dev.shedmaster.kube.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.AccountView;
import dev.shedmaster.core.planning.BootHistory;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.FleetPlanner;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.Policy;
import dev.shedmaster.core.planning.PoolView;
import dev.shedmaster.core.planning.SourceView;
import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.slot.Virtualization;
import dev.shedmaster.kube.host.HostCard;
import dev.shedmaster.kube.machine.AccountViews;
import dev.shedmaster.kube.machine.AzureOfferings;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.port.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Each example, as it is, makes a worker for a job that asks for its pool's labels")
class ExamplePoolsTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    /** A Sunday: no schedule of the examples is open, so that only the job asks for a worker. */
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final HostCard RX220 = new HostCard(
            "ci/rx220-1",
            Map.of("class", "rx220"),
            new HostView(
                    "ci/rx220-1",
                    Architecture.ARM64,
                    Virtualization.KVM,
                    new HostView.Capacity(80, 4, HostView.Capacity.EACH_CPU_ONCE, 262_144, 12_288, OptionalInt.empty()),
                    Set.of("release"),
                    HostView.Standing.OPEN),
            null,
            null,
            "",
            false);

    private final Informed<JenkinsServer> servers = new Informed<>(JenkinsServer.class, woken -> {});
    private final Informed<AzureSubscription> subscriptions = new Informed<>(AzureSubscription.class, woken -> {});
    private final List<WorkerPool> pools = new ArrayList<>();
    private final List<AccountView> accounts = new ArrayList<>();
    private final KubernetesClient files = new KubernetesClientBuilder().build();
    private final SpecReader reader = new SpecReader(
            servers.known(),
            subscriptions.known(),
            new ReferencedObjects(files, InstantSource.system()),
            new AzureOfferings(subscriptions.known()));

    @AfterEach
    void end() {
        files.close();
    }

    /** What a person applies together. */
    static List<List<Path>> fleets() throws IOException {
        Path jenkins = EXAMPLES.resolve("jenkins-server.yaml");
        Path azure = EXAMPLES.resolve("azure-subscription.yaml");
        try (Stream<Path> lab = Files.list(EXAMPLES.resolve("lab"))) {
            return List.of(
                    List.of(EXAMPLES.resolve("fleet.yaml")),
                    List.of(jenkins, azure, EXAMPLES.resolve("workerpool-amd64-kvm.yaml")),
                    List.of(jenkins, EXAMPLES.resolve("workerpool-arm64-kvm.yaml")),
                    List.of(jenkins, azure, EXAMPLES.resolve("workerpool-light.yaml")),
                    lab.sorted().toList());
        }
    }

    @Test
    void everyExampleWithAPoolIsAmongThem() throws IOException {
        try (Stream<Path> all = Files.walk(EXAMPLES)) {
            List<Path> withPools = new ArrayList<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains("kind: WorkerPool")) {
                    withPools.add(file);
                }
            }
            assertThat(fleets().stream().flatMap(List::stream)).containsAll(withPools);
        }
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void aJobGetsAWorker(List<Path> manifests) throws IOException, LabelSyntaxException {
        for (Path manifest : manifests) {
            read(manifest);
        }
        assertThat(pools).isNotEmpty();
        for (WorkerPool pool : pools) {
            FleetPlan plan = planForOneJob(draw(pool));
            assertThat(plan.pools())
                    .singleElement()
                    .satisfies(slice -> assertThat(slice.creations())
                            .as("%s: %s", slice.pool(), slice.reasons())
                            .hasSize(1));
        }
    }

    private void read(Path manifest) throws IOException {
        for (String document : Files.readString(manifest).split("\n---\n")) {
            KubernetesSerialization yaml = files.getKubernetesSerialization();
            Object merged = merged(yaml.unmarshal(document, Map.class));
            HasMetadata object = yaml.unmarshal(yaml.asJson(merged), kind(document));
            object.getMetadata().setNamespace("ci");
            switch (object) {
                case JenkinsServer server -> servers.put(server);
                case AzureSubscription subscription -> {
                    subscriptions.put(subscription);
                    accounts.add(AccountViews.view(subscription));
                }
                case WorkerPool pool -> pools.add(pool);
                default -> assertThat(object).isInstanceOfAny(Secret.class, HetznerAccount.class, BareMetalHost.class);
            }
        }
    }

    /** What kubectl makes of YAML's merge keys, which the client's own reader leaves as they are. */
    private static Object merged(Object node) {
        if (node instanceof List<?> list) {
            return list.stream().map(ExamplePoolsTest::merged).toList();
        }
        if (!(node instanceof Map<?, ?> map)) {
            return node;
        }
        Map<Object, Object> result = new LinkedHashMap<>();
        if (map.get("<<") instanceof Map<?, ?> inherited) {
            result.putAll((Map<?, ?>) merged(inherited));
        }
        map.forEach((key, value) -> {
            if (!"<<".equals(key)) {
                result.put(key, merged(value));
            }
        });
        return result;
    }

    private static Class<? extends HasMetadata> kind(String document) {
        for (Class<? extends HasMetadata> kind : List.of(
                JenkinsServer.class,
                AzureSubscription.class,
                HetznerAccount.class,
                BareMetalHost.class,
                WorkerPool.class,
                Secret.class)) {
            if (document.lines().anyMatch(line -> line.equals("kind: " + kind.getSimpleName()))) {
                return kind;
            }
        }
        throw new AssertionError("an example of a kind that this test does not know: " + document);
    }

    private PoolView draw(WorkerPool pool) {
        BlueprintBook book = new BlueprintBook();
        switch (reader.draw(pool, () -> {})) {
            case Outcome.Done<PoolBlueprint> done -> book.drawn(Names.of(pool), 1, done.value());
            case Outcome.Failed<PoolBlueprint> failed -> book.failed(Names.of(pool), 1, failed.error());
        }
        return new PoolViews(book, () -> List.of(RX220)).view(pool, BootHistory.NONE, 0, null, NOW);
    }

    private FleetPlan planForOneJob(PoolView pool) throws LabelSyntaxException {
        QueuedJob job = new QueuedJob(
                pool.service().source(),
                "1",
                "packages #1",
                new Labelled(
                        LabelExpression.parse(String.join(" && ", pool.service().labels()))),
                NOW.minusSeconds(10));
        FleetView view = new FleetView(
                List.of(job),
                Map.of(pool.service().source(), new SourceView(pool.service().source(), NOW, OutsideAgents.NONE)),
                List.of(pool),
                List.of(),
                accounts,
                List.of(RX220.view()),
                OfferingMemory.EMPTY,
                Map.of());
        return FleetPlanner.plan(view, Policy.DEFAULT, NOW);
    }
}
