package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.planning.Departure;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.PoolPlan.Creation;
import dev.shedmaster.core.planning.PoolPlan.PoolCounts;
import dev.shedmaster.core.planning.PoolPlan.Removal;
import dev.shedmaster.kube.pool.BareBlueprint;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.worker.Retirement;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans, carried out against an API server that writes down what it is asked for. */
class PlanExecutorTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Offering OFFERING =
            new Offering("spot", "ci/azure", "Standard_D8ds_v5", "family", null, CapacityType.SPOT, 8, 0.1);

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final WritingApiServer server = new WritingApiServer();
    private final Informed<WorkerPool> pools = new Informed<>(WorkerPool.class, woken -> {});
    private final Informed<Worker> workers = new Informed<>(Worker.class, woken -> {});
    private final CreationLedger ledger = new CreationLedger();
    private final RefusedWrites refused = new RefusedWrites();
    private final Decisions decisions = new Decisions();
    private final List<String> unused = new CopyOnWriteArrayList<>();
    private final List<Runnable> events = new CopyOnWriteArrayList<>();
    private final PlanExecutor executor = new PlanExecutor(
            server.client(),
            pools.known(),
            workers.known(),
            new NewWorkers(
                    pool -> pool.equals("ci/bare") ? Optional.empty() : Optional.of(new BareBlueprint("t1")),
                    pool -> "sm-" + pool,
                    unused::add),
            ledger,
            refused,
            new Retirement(server.client()),
            decisions,
            new EventRecorder(server.client(), "here", clock, events::add),
            clock);

    @BeforeEach
    void begin() {
        Stream.of("a", "bare", "z").forEach(name -> {
            pools.put(Serialization.unmarshal("""
                    apiVersion: shedmaster.dev/v1alpha1
                    kind: WorkerPool
                    metadata: {namespace: ci, name: %s, uid: uid}
                    spec:
                      ci: {jenkins: {serverRef: {name: jenkins}, labels: [amd64]}}
                      machine: {architecture: amd64}
                      placements: []
                      scaling: {max: 2}
                    """.formatted(name), WorkerPool.class));
            workers.put(Serialization.unmarshal("""
                    apiVersion: shedmaster.dev/v1alpha1
                    kind: Worker
                    metadata: {namespace: ci, name: old-%s}
                    """.formatted(name), Worker.class));
        });
    }

    @AfterEach
    void end() {
        executor.close();
        server.close();
    }

    @Test
    void aPoolWhoseBlueprintVanishedKeepsNothingOfTheOthersFromBeingWritten() {
        executor.execute(new FleetPlan(List.of(part("a"), part("bare"), part("z")), List.of(), Map.of(), null));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.asked())
                        .containsExactlyInAnyOrder(
                                "POST sm-a", "POST sm-z", "DELETE old-a", "DELETE old-bare", "DELETE old-z"));
        assertThat(ledger.pending(NOW))
                .extracting(worker -> worker.getMetadata().getName())
                .containsExactlyInAnyOrder("sm-a", "sm-z");
    }

    @Test
    void whatTheApiServerRefusesIsToldByThePoolAndTriedAgainLater() {
        server.refuses("sm-a", 403, "exceeded quota: workers");
        executor.execute(new FleetPlan(List.of(part("a"), part("z")), List.of(), Map.of(), null));

        await().atMost(PATIENCE).until(() -> refused.lasts("ci/a", NOW));
        assertThat(refused.hindrance("ci/a", NOW))
                .contains("the API server takes no new worker: exceeded quota: workers; it is asked again within 30 s");
        assertThat(refused.hindrance("ci/a", NOW.plusSeconds(30))).isEmpty();
        assertThat(refused.lasts("ci/z", NOW)).isFalse();
        assertThat(refused.lasts("ci/a", NOW.plusSeconds(60)))
                .as("nobody has tried since")
                .isFalse();
        assertThat(unused).containsExactly("sm-a");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ledger.pending(NOW))
                        .as("no worker that is not there counts")
                        .extracting(worker -> worker.getMetadata().getName())
                        .containsExactly("sm-z"));

        int announced = events.size();
        assertThat(decisions.take("ci/a"))
                .extracting(Decisions.Decided::workers, Decisions.Decided::created)
                .containsExactly(tuple(1, true), tuple(1, false));
        executor.execute(new FleetPlan(List.of(creating("a")), List.of(), Map.of(), null));
        assertThat(events).as("nothing was made").hasSize(announced);
        assertThat(decisions.take("ci/a")).isEmpty();

        server.takes("sm-a");
        executor.execute(new FleetPlan(List.of(creating("a")), List.of(), Map.of(), null));
        await().atMost(PATIENCE).until(() -> !refused.lasts("ci/a", NOW));
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429})
    void whatSaysNothingOfTheNextWorkerHoldsNobodyBack(int status) {
        server.refuses("sm-a", status, "not now");
        executor.execute(new FleetPlan(List.of(creating("a")), List.of(), Map.of(), null));

        await().atMost(PATIENCE).until(() -> unused.contains("sm-a"));
        executor.close();
        assertThat(refused.lasts("ci/a", NOW)).isFalse();
    }

    @Test
    void whereTheAnswerIsLostTheWorkerCountsIfItIsThere() {
        server.refuses("sm-a", 500, "the answer is lost");
        server.keeps("sm-a");
        server.refuses("sm-z", 500, "lost before it was written");
        executor.execute(new FleetPlan(List.of(creating("a"), creating("z")), List.of(), Map.of(), null));

        await().atMost(PATIENCE).until(() -> unused.contains("sm-z"));
        executor.close();
        assertThat(ledger.pending(NOW))
                .extracting(worker -> worker.getMetadata().getName())
                .containsExactly("sm-a");
        assertThat(unused).containsExactly("sm-z");
        assertThat(Stream.of("ci/a", "ci/z")).noneMatch(pool -> refused.lasts(pool, NOW));
    }

    private static PoolPlan creating(String pool) {
        PoolPlan part = part(pool);
        return new PoolPlan(part.pool(), part.counts(), part.creations(), List.of(), List.of(), List.of(), List.of());
    }

    private static PoolPlan part(String pool) {
        Departure why = new Departure.PoolCloses(pool);
        return new PoolPlan(
                "ci/" + pool,
                new PoolCounts(0, 0, 0, 0, 0, 0, 0, 0),
                List.of(new Creation(OFFERING, why)),
                List.of(new Removal("ci/old-" + pool, why)),
                List.of(),
                List.of(),
                List.of());
    }
}
