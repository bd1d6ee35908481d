package dev.shedmaster.kube.fleet;

import static dev.shedmaster.kube.fleet.FleetRoom.ACCOUNT;
import static dev.shedmaster.kube.fleet.FleetRoom.JENKINS;
import static dev.shedmaster.kube.fleet.FleetRoom.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.planning.Policy;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.UnmatchedDemand;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.QuietCi;
import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.kube.pool.BareBlueprint;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** When plans are made, that nothing but its end ends the loop, and who hears of what was decided. */
@Timeout(60)
class PlanningLoopTest {
    private static final Duration BATCH = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final InstantSource clock = InstantSource.system();
    private final WritingApiServer apiServer = new WritingApiServer();
    private final Retirement retirement = new Retirement(apiServer.client());
    private final FleetRoom room = new FleetRoom(clock, retirement);
    private final AtomicInteger names = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> poolsTold = new CopyOnWriteArrayList<>();
    private final List<String> sourcesTold = new CopyOnWriteArrayList<>();
    private final Decisions decisions = new Decisions();
    private final LatestPlan latest = new LatestPlan(poolsTold::add, sourcesTold::add);
    private final PlanningLoop loop = new PlanningLoop(
            room.observer,
            new PlanExecutor(
                    apiServer.client(),
                    room.pools.known(),
                    room.workers.known(),
                    new NewWorkers(room.blueprints, pool -> "sm-" + names.incrementAndGet(), _ -> {}),
                    room.ledger,
                    room.refused,
                    retirement,
                    decisions,
                    new EventRecorder(apiServer.client(), "here", clock, Runnable::run),
                    clock),
            room.ledger,
            latest,
            policy(),
            clock,
            meters);
    private final Logger feeds = (Logger) LoggerFactory.getLogger(Feed.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    /** The usual one, but for a batch that a test can wait for. */
    private static Policy policy() {
        Policy usual = Policy.DEFAULT;
        return new Policy(
                BATCH,
                usual.lateAfter(),
                usual.staleAfter(),
                usual.ageingStep(),
                usual.ageingPoints(),
                usual.failureThreshold(),
                usual.firstBackOff(),
                usual.longestBackOff(),
                usual.creationsPerMinute(),
                usual.inFlightPerPool(),
                usual.overshootPart(),
                usual.drainShare(),
                usual.drainWorkers(),
                usual.revalidation(),
                usual.reclaimIdle(),
                usual.antiFlapPart(),
                usual.probeEvery(),
                usual.waitingShown());
    }

    @BeforeEach
    void begin() {
        lines.start();
        feeds.addAppender(lines);
    }

    @AfterEach
    void end() {
        loop.close();
        room.close();
        apiServer.close();
        feeds.detachAppender(lines);
    }

    private long plans() {
        return meters.get("shedmaster.planning").timer().count();
    }

    private void awaitPlan() {
        long before = plans();
        loop.wake();
        await().atMost(PATIENCE).until(() -> plans() > before);
    }

    /** A pool, everything that it needs, and a job with that label that waits since now. */
    private void fleetWithJob(String label) {
        QueuedJob job = FleetRoom.job(JENKINS, "1", label, clock.instant());
        Outcome<CiSnapshot> shown = Outcome.done(
                new CiSnapshot(clock.instant(), "2.541.3", List.of(job), Map.of(), 0, Map.of(), OutsideAgents.NONE));
        room.pool("amd64");
        room.account(ACCOUNT, 1);
        room.connectAccount(ACCOUNT);
        new BareBlueprint("t1", List.of(SampleWorkers.SPOT)).drawn(room.blueprints, POOL);
        CiLink link = room.connectCi(JENKINS, new QuietCi(() -> shown));
        await().until(() -> link.latest().value() != null);
    }

    /** One that cannot be read, so that no plan can be made. */
    private static Worker unreadable() {
        Worker worker = SampleWorkers.named("sm-unreadable");
        worker.getMetadata().setCreationTimestamp("yesterday");
        return worker;
    }

    private static Worker busy() {
        Worker worker = SampleWorkers.named("sm-busy");
        WorkerState busy = SampleWorkers.busy(SampleWorkers.BORN, "build #0");
        worker.setStatus(SampleWorkers.status(
                SampleWorkers.records(), worker, SampleWorkers.life(busy, SampleWorkers.BORN, null), null));
        return worker;
    }

    private List<String> written() {
        return apiServer.asked().stream()
                .filter(asked -> asked.startsWith("POST sm-"))
                .toList();
    }

    private double made() {
        Counter made = meters.find("shedmaster.pool.workers.made").counter();
        return made == null ? 0 : made.count();
    }

    @Test
    void nothingIsPlannedBeforeItIsStartedAndSoonAfterThat() {
        loop.wake();
        await().during(BATCH).until(() -> plans() == 0);

        loop.start();

        await().atMost(PATIENCE).until(() -> plans() == 1);
    }

    @Test
    void howeverManyWakeItOnePlanIsMadeInABatch() {
        loop.start();
        await().atMost(PATIENCE).until(() -> plans() == 1);
        Instant begun = clock.instant();

        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            loop.wake();
            return clock.instant().isAfter(begun.plus(BATCH.multipliedBy(3)));
        });

        long batches = Duration.between(begun, clock.instant()).dividedBy(BATCH);
        assertThat(plans()).isBetween(2L, 2 + batches);
    }

    @Test
    void whileNothingHappensNothingIsPlanned() {
        loop.start();
        await().atMost(PATIENCE).until(() -> plans() == 1);

        await().during(BATCH.multipliedBy(3)).until(() -> plans() == 1);
    }

    @Test
    void whatTimeAloneChangesIsPlannedForWithoutAWake() {
        fleetWithJob("amd64");
        Instant until = clock.instant().plusSeconds(2);
        room.memory.learn(new Blockage(new Blockage.WholeAccount(ACCOUNT), until, "the quota is used up"));
        loop.start();
        await().atMost(PATIENCE).until(() -> plans() == 1);
        assertThat(written()).isEmpty();

        await().atMost(PATIENCE).until(() -> !written().isEmpty());

        assertThat(clock.instant()).isAfterOrEqualTo(until);
        assertThat(clock.instant()).as("before it would look anyway").isBefore(until.plusSeconds(6));
    }

    @Test
    void whatIsDecidedIsWrittenDownAndEverybodyConcernedIsTold() {
        fleetWithJob("amd64");

        loop.start();

        await().atMost(PATIENCE).until(() -> poolsTold.contains(POOL));
        await().atMost(PATIENCE).until(() -> written().equals(List.of("POST sm-1")));
        assertThat(latest.pool(POOL))
                .hasValueSatisfying(plan -> assertThat(plan.creations())
                        .extracting(PoolPlan.Creation::offering)
                        .containsExactly(SampleWorkers.SPOT));
        assertThat(decisions.take(POOL))
                .singleElement()
                .satisfies(decided -> assertThat(decided.why().text()).isEqualTo("for 1 queued job (amd64)"));
        await("an Event of the pool")
                .atMost(PATIENCE)
                .until(() -> apiServer.asked().stream().anyMatch(asked -> asked.startsWith("POST kvm.")));
        await().atMost(PATIENCE).until(() -> made() == 1);
        assertThat(sourcesTold).isEmpty();
    }

    @Test
    void aCiSystemIsToldOfItsJobsThatNobodyServesOnce() {
        fleetWithJob("riscv64");

        loop.start();

        await().atMost(PATIENCE).until(() -> !sourcesTold.isEmpty());
        awaitPlan();
        assertThat(sourcesTold).containsExactly(JENKINS);
        assertThat(latest.unmatched(JENKINS)).extracting(UnmatchedDemand::jobs).containsExactly(1);
        assertThat(written()).isEmpty();
    }

    @Test
    void aWorkerThatIsDecidedOnIsNotDecidedOnAgainBeforeTheInformerHasShownIt() {
        fleetWithJob("amd64");
        loop.start();
        await().atMost(PATIENCE).until(() -> written().size() == 1);
        awaitPlan();
        awaitPlan();
        assertThat(written()).hasSize(1);

        // Shown, and gone again at once: nothing speaks for it any more, and the job still waits.
        loop.shown(room.ledger.pending(clock.instant()).getFirst());
        loop.wake();

        await().atMost(PATIENCE).until(() -> written().size() == 2);
    }

    @Test
    void whatMakesPlanningFailEndsNothingAndIsToldWithItsTrace() {
        fleetWithJob("amd64");
        Worker unreadable = unreadable();
        room.workers.put(unreadable);
        Instant begun = clock.instant();
        loop.start();
        await().atMost(PATIENCE).until(() -> loop.lastTurn().isAfter(begun));
        assertThat(plans()).isZero();
        assertThat(lines.list)
                .anySatisfy(line -> assertThat(line.getThrowableProxy()).isNotNull());

        room.workers.remove(unreadable);
        loop.wake();

        await().atMost(PATIENCE).until(() -> written().equals(List.of("POST sm-1")));
        await().atMost(PATIENCE).until(() -> poolsTold.contains(POOL));
    }

    @Test
    void onceClosedItPlansNoMore() {
        loop.start();
        awaitPlan();

        loop.close();
        // One that was under way may end.
        long atMost = plans() + 1;
        loop.wake();

        await().during(BATCH.multipliedBy(3)).until(() -> plans() <= atMost);
    }

    @Test
    void aPlanThatIsBeingMadeAtTheEndIsDroppedWithoutAWord() throws InterruptedException {
        fleetWithJob("amd64");
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        room.workers.put(busy());
        room.onRead = worker -> {
            underWay.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        loop.start();
        underWay.await();

        Instant begun = clock.instant();
        loop.close();
        closed.countDown();

        await().atMost(PATIENCE).until(() -> loop.lastTurn().isAfter(begun));
        assertThat(apiServer.asked()).isEmpty();
        assertThat(decisions.take(POOL)).isEmpty();
        assertThat(lines.list).isEmpty();
    }
}
