package dev.shedmaster.kube.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.ConditionStatus;
import dev.shedmaster.api.v1alpha1.Decision;
import dev.shedmaster.api.v1alpha1.UnavailableOffering;
import dev.shedmaster.api.v1alpha1.WaitingJob;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.api.v1alpha1.WorkerPoolStatus;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.Departure;
import dev.shedmaster.core.planning.Hold;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.PoolPlan.PoolCounts;
import dev.shedmaster.core.planning.Purpose;
import dev.shedmaster.core.planning.Reason;
import dev.shedmaster.core.planning.Sizing;
import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.core.slot.NoRoom;
import dev.shedmaster.core.slot.Obstacle;
import dev.shedmaster.core.slot.Shape;
import dev.shedmaster.kube.fleet.Decisions.Decided;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person reads of a pool. */
class PoolStatusesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final PoolCounts COUNTS = new PoolCounts(7, 1, 2, 3, 4, 5, 15, 9);
    private static final Hold FULL = new Hold.AtMaximum("ci/kvm", 15, null, 6, 5, 4);
    private static final Hold STAYS = new Hold.KeptForMinimum(1, 1, null);

    private final BlueprintBook book = new BlueprintBook();
    private final WorkerPool pool = Serialization.unmarshal("""
            apiVersion: shedmaster.dev/v1alpha1
            kind: WorkerPool
            metadata: {namespace: ci, name: kvm, generation: 3}
            spec:
              ci: {jenkins: {serverRef: {name: jenkins}, labels: [amd64]}}
              machine: {architecture: amd64}
              placements: []
              scaling: {max: 15}
            """, WorkerPool.class);

    private WorkerPoolStatus told(@Nullable PoolPlan plan, Decided... decided) {
        return new PoolStatuses(book).tell(pool, plan, List.of(decided), OfferingMemory.EMPTY, NOW);
    }

    private static PoolPlan plan(List<Reason> reasons, PoolPlan.WaitingJob... waiting) {
        return new PoolPlan("ci/kvm", COUNTS, List.of(), List.of(), List.of(), reasons, List.of(waiting));
    }

    private static Condition scaling(WorkerPoolStatus status) {
        return Conditions.find(status.conditions(), Condition.SCALING).orElseThrow();
    }

    @Test
    void aPoolThatNothingCanBeMadeForIsNotReadyHoweverSoundItsSpec() {
        book.drawn("ci/kvm", 3, new BareBlueprint("t1"));
        Hold blocked = new Hold.Blocked("ci/kvm", "its CI system ci/jenkins does not permit us Agent/Create");

        Condition ready = Conditions.find(told(plan(List.of(blocked))).conditions(), Condition.READY)
                .orElseThrow();

        assertThat(ready.status()).isEqualTo(ConditionStatus.FALSE);
        assertThat(ready.reason()).isEqualTo("Blocked");
        assertThat(ready.message()).isEqualTo("its CI system ci/jenkins does not permit us Agent/Create");
    }

    @Test
    void aPoolWhoseHostsNeverFitIsNotReadyUnlessItHasOtherWays() {
        Need need = new Need(
                "ci/kvm",
                new Shape(Architecture.ARM64, 16, 49_152, true, Set.of(Isolation.CONTAINER)),
                null,
                Set.of("ci/h1"));
        Hold unfit = new Hold.HostsUnfit("own", new NoRoom(need, Map.of(Obstacle.TOO_SMALL, 1), 0, 0, Set.of()));
        Offering own =
                Offering.onSomeHost("own", "ci", new HostSlot(need.shape().amount(), null, "worker-jenkins", null));
        book.drawn("ci/kvm", 3, new BareBlueprint("t1", List.of(own)));
        Condition alone = Conditions.find(told(plan(List.of(unfit))).conditions(), Condition.READY)
                .orElseThrow();
        assertThat(alone.status()).isEqualTo(ConditionStatus.FALSE);
        assertThat(alone.reason()).isEqualTo("HostsUnfit");
        assertThat(alone.message()).contains("too small even when empty", "lower the pool's machine.cpus");

        book.drawn("ci/kvm", 3, new BareBlueprint("t1", List.of(own, SampleWorkers.SPOT)));
        Condition beside = Conditions.find(told(plan(List.of(unfit))).conditions(), Condition.READY)
                .orElseThrow();
        assertThat(beside.status()).isEqualTo(ConditionStatus.TRUE);
        assertThat(beside.message()).contains("though not everywhere", "too small even when empty");
    }

    @Test
    void thePlansNumbersAreThePools() {
        book.drawn("ci/kvm", 3, new BareBlueprint("t1"));
        WorkerPoolStatus status = told(plan(List.of(new Sizing(9, 2, 1, 3, 0, 0, 3, 0, 0, FULL))));

        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(List.of(
                        status.queued(),
                        status.idle(),
                        status.busy(),
                        status.booting(),
                        status.draining(),
                        status.failed(),
                        status.workers(),
                        status.desired()))
                .containsExactly(7, 1, 2, 3, 4, 5, 15, 9);
        assertThat(status.reason())
                .isEqualTo("want 9 = 2 busy + 1 idle + 3 starting + 3 for queued jobs; make 0, limited by: "
                        + FULL.text());
        assertThat(status.labelSelector()).isEqualTo("shedmaster.dev/pool=kvm");
    }

    @Test
    void theSizeIsToldWithTheScheduleThatKeepsAnIdleWorker() {
        book.drawn("ci/kvm", 3, new BareBlueprint("t1"));
        Sizing twoIdle = new Sizing(2, 0, 2, 0, 0, 1, 0, 0, 0, null);
        Hold nightly = new Hold.KeptForMinimum(1, 1, "schedule nightly until Wed 00:45 UTC");
        Hold passesByItself = new Hold.MayStillGetWork(2, NOW);

        assertThat(told(plan(List.of(twoIdle, passesByItself, nightly))).reason())
                .isEqualTo("want 2 = 2 idle; 1 idle worker stays for the minimum of 1"
                        + " (schedule nightly until Wed 00:45 UTC)");
    }

    @Test
    void aPoolThatIsClosingSaysThatFirst() {
        book.drawn("ci/kvm", 3, new BareBlueprint("t1"));
        Hold closing = new Hold.Closing("ci/kvm", 2);

        assertThat(told(plan(List.of(closing, FULL))).reason()).isEqualTo(closing.text());
    }

    @Test
    void aJobThatWaitsIsNamedWithWhatItWaitsFor() {
        QueuedJob job = new QueuedJob("ci/jenkins", "12", "build #3", new Unlabelled(), NOW.minusSeconds(60));

        assertThat(told(plan(List.of(), new PoolPlan.WaitingJob(job, FULL))).waiting())
                .containsExactly(new WaitingJob("build #3", NOW.minusSeconds(60), FULL.text()));
    }

    @Test
    void onlyWhatHindersMakesScalingFail() {
        assertThat(scaling(told(plan(List.of(STAYS)))).status()).isEqualTo(ConditionStatus.TRUE);

        Hold stale = new Hold.SourceStale("ci/jenkins", NOW.minusSeconds(90));
        Condition hindered = scaling(told(plan(List.of(STAYS, FULL, stale))));
        assertThat(hindered.status()).isEqualTo(ConditionStatus.FALSE);
        assertThat(hindered.reason()).isEqualTo("AtMaximum");
        assertThat(hindered.message()).isEqualTo(FULL.text() + "; " + stale.text());
    }

    @Test
    void beforeTheFirstPlanNothingIsClaimed() {
        WorkerPoolStatus status = told(null);

        assertThat(scaling(status).status()).isEqualTo(ConditionStatus.UNKNOWN);
        assertThat(status.reason()).isEqualTo("it has not been looked at yet");
        assertThat(status.workers()).isZero();
    }

    @Test
    void aPoolThatCannotWorkSaysThatInsteadOfItsSize() {
        book.failed("ci/kvm", 3, new PortError.Invalid("spec.ci", "spec.ci: there is no JenkinsServer ci/jenkins"));

        assertThat(told(plan(List.of(STAYS))).reason()).isEqualTo("spec.ci: there is no JenkinsServer ci/jenkins");
    }

    @Test
    void decisionsAreToldNewestFirstInWordsAndNumbers() {
        Decided made = new Decided(NOW.minusSeconds(5), 3, true, new Purpose.ForQueuedJobs(3, "amd64"));
        Decided gone =
                new Decided(NOW, 2, false, new Departure.IdleTooLong(Duration.ofMinutes(6), Duration.ofMinutes(5)));

        assertThat(told(null, made, gone).decisions())
                .containsExactly(
                        new Decision(NOW, "-2: idle for 6 min, allowed are 5 min", "IdleTooLong"),
                        new Decision(NOW.minusSeconds(5), "+3: for 3 queued jobs (amd64)", "ForQueuedJobs"));
    }

    @Test
    void theOldestDecisionsMakeRoomForNewOnes() {
        pool.setStatus(told(
                null,
                IntStream.range(0, 60)
                        .mapToObj(i -> new Decided(NOW, i, true, new Purpose.ForQueuedJobs(i, "amd64")))
                        .toArray(Decided[]::new)));

        WorkerPoolStatus status = told(null, new Decided(NOW, 60, true, new Purpose.ForQueuedJobs(60, "amd64")));
        assertThat(status.decisions().stream()
                        .map(decision -> decision.text().replaceAll(":.*", ""))
                        .collect(Collectors.toList()))
                .hasSize(50)
                .startsWith("+60", "+59")
                .endsWith("+11");
    }

    private static OfferingMemory closed(String account) {
        return OfferingMemory.EMPTY.with(
                new Blockage(
                        new Blockage.ClosedAccount(account, Blockage.Closure.UNREADABLE),
                        NOW.plusSeconds(60),
                        "invalid_client: renew it in its Secret"),
                NOW);
    }

    private Condition ready(OfferingMemory memory, Instant now) {
        return new PoolStatuses(book)
                .tell(pool, null, List.of(), memory, now).conditions().stream()
                        .filter(condition -> condition.type().equals(Condition.READY))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void aPoolIsNotReadyWhileNoneOfItsAccountsTakesOrders() {
        book.drawn("ci/kvm", 3, new BareBlueprint("t1", List.of(SampleWorkers.SPOT)));

        Condition closed = ready(closed("ci/azure"), NOW);
        assertThat(closed.status()).isEqualTo(ConditionStatus.FALSE);
        assertThat(closed.reason()).isEqualTo("AccountRefuses");
        assertThat(closed.message())
                .isEqualTo("no account takes orders: ci/azure: invalid_client: renew it in its Secret");
        assertThat(ready(closed("ci/azure"), NOW.plusSeconds(60)).status()).isEqualTo(ConditionStatus.TRUE);
        assertThat(ready(closed("ci/other"), NOW).message()).isEqualTo("workers can be made");
    }

    @Test
    void aPoolThatAnotherAccountServesSaysWhichOneDoesNot() {
        Offering other = new Offering("else", "ci/other", "D8", "D8", null, CapacityType.ON_DEMAND, 8, 0.5);
        book.drawn("ci/kvm", 3, new BareBlueprint("t1", List.of(SampleWorkers.SPOT, other)));

        Condition ready = ready(closed("ci/azure"), NOW);
        assertThat(ready.status()).isEqualTo(ConditionStatus.TRUE);
        assertThat(ready.message())
                .isEqualTo("workers can be made, though not by ci/azure: invalid_client: renew it in its Secret");
    }

    @Test
    void offeringsOfThePoolThatAreRefusedForNowAreTold() {
        book.drawn("ci/kvm", 3, new BareBlueprint("t1", List.of(SampleWorkers.SPOT)));
        Blockage.Scope spot = new Blockage.SizeAt("ci/azure", SampleWorkers.SPOT.size(), "1", CapacityType.SPOT);
        OfferingMemory memory = OfferingMemory.EMPTY
                .with(new Blockage(spot, NOW.plusSeconds(60), "no capacity"), NOW)
                .with(new Blockage(new Blockage.WholeAccount("ci/other"), NOW.plusSeconds(60), "not ours"), NOW);

        assertThat(new PoolStatuses(book)
                        .tell(pool, null, List.of(), memory, NOW)
                        .unavailable())
                .containsExactly(new UnavailableOffering(
                        "Standard_D8ds_v5 zone 1 Spot in ci/azure", NOW.plusSeconds(60), "no capacity"));
        assertThat(new PoolStatuses(book)
                        .tell(pool, null, List.of(), memory, NOW.plusSeconds(60))
                        .unavailable())
                .isEmpty();
    }
}
