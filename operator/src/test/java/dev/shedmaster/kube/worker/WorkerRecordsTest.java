package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Api;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.ConditionStatus;
import dev.shedmaster.api.v1alpha1.RunningJob;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.api.v1alpha1.WorkerStatus;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.FailureKind;
import dev.shedmaster.core.worker.Silence;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerRules;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.core.worker.WorkerState.Job;
import dev.shedmaster.core.worker.Workload;
import dev.shedmaster.kube.pool.BareBlueprint;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkerRecordsTest {
    private static final Instant SINCE = Instant.parse("2026-11-24T21:02:00Z");
    private static final Workload WORK = new Workload(List.of(new Workload.Running(
            new Job("17", "kernel-tests #3", "https://jenkins.example.org/job/kernel-tests/3/"), SINCE)));
    private static final Workload TWO_JOBS = new Workload(List.of(
            WORK.jobs().getFirst(),
            new Workload.Running(new Job("", "pipe #4 (image)", ""), SINCE.plusMillis(61_234))));

    private final WorkerRecords records = SampleWorkers.records();

    private static Worker worker() {
        return SampleWorkers.named("sm-kvm-abcdefgh");
    }

    static Stream<WorkerState> states() {
        return Stream.of(
                new WorkerState.Creating(),
                new WorkerState.Booting(),
                new WorkerState.Registering(),
                new WorkerState.Idle(),
                new WorkerState.Busy(WORK),
                new WorkerState.Busy(TWO_JOBS),
                new WorkerState.Draining(TWO_JOBS, "its pool is being deleted", null),
                new WorkerState.Draining(Workload.NONE, "its pool is being deleted", null),
                new WorkerState.Deleting("has run its one job"),
                new WorkerState.Lost("it is powered off"),
                new WorkerState.Evicted("the provider no longer has it"),
                new WorkerState.Failed(FailureKind.NO_CAPACITY, "SkuNotAvailable"),
                new WorkerState.Failed(FailureKind.ORDER_REFUSED, "subnetId: is missing"),
                new WorkerState.Failed(FailureKind.NOT_REGISTERED, "within 5m"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void readWhatTheyWrote(WorkerState state) {
        Offering other = new Offering(
                "main", "ci/other", "Standard_D4s_v5", "Standard_D4s_v5", null, CapacityType.ON_DEMAND, 8, 0.2);
        WorkerLife life = new WorkerLife(state, SINCE, SampleWorkers.BORN, other, "/vm/1", "https://op/1", 2, null);
        Worker worker = worker();

        worker.setStatus(SampleWorkers.status(records, worker, life, null));

        assertThat(records.read(worker)).isEqualTo(life);
    }

    @Test
    void whatItsPoolOffersTheyReadAsThePoolHasIt() {
        Offering offered = SampleWorkers.SPOT.at(0.3).in("/subnet");
        Offering another = new Offering(
                "main", "ci/azure", "Standard_D8ds_v5", "Standard_D8ds_v5", "1", CapacityType.SPOT, 8, 0.4, "/other");
        WorkerRecords ofThePool = SampleWorkers.records(pool -> pool.equals("ci/kvm")
                ? Optional.of(new BareBlueprint("hash", List.of(another, offered)))
                : Optional.empty());
        assertThat(ofThePool.read(worker()).offering()).isEqualTo(offered);
        WorkerRecords ofAnother =
                SampleWorkers.records(pool -> Optional.of(new BareBlueprint("hash", List.of(another))));
        assertThat(ofAnother.read(worker()).offering())
                .as("what it does not offer any more")
                .isEqualTo(SampleWorkers.SPOT);
    }

    @Test
    void anObjectWithoutStatusIsAWishForWhatItsSpecSays() {
        assertThat(records.read(worker())).isEqualTo(WorkerLife.requested(SampleWorkers.SPOT, SampleWorkers.BORN));
    }

    @Test
    void aWorkerIsAsOldAsTheOperatorsOwnClockSaysAndNotTheApiServers() {
        Worker worker = worker();
        worker.getMetadata()
                .setCreationTimestamp(SampleWorkers.BORN.minusSeconds(7200).toString());
        worker.getMetadata().setAnnotations(Map.of(Api.REQUESTED_AT, SampleWorkers.BORN.toString()));
        assertThat(records.read(worker)).isEqualTo(WorkerLife.requested(SampleWorkers.SPOT, SampleWorkers.BORN));
    }

    @Test
    void aWorkerWhoseDateSomebodyHasEditedIsDatedByTheApiServer() {
        Worker worker = worker();
        worker.getMetadata().setAnnotations(Map.of(Api.REQUESTED_AT, "yesterday"));
        assertThat(records.read(worker)).isEqualTo(WorkerLife.requested(SampleWorkers.SPOT, SampleWorkers.BORN));
    }

    @Test
    void writeNothingNewWhenNothingIsNew() {
        Worker worker = worker();
        WorkerLife life = new WorkerLife(
                new WorkerState.Busy(WORK),
                SINCE,
                SampleWorkers.BORN,
                SampleWorkers.SPOT,
                "/vm/1",
                "https://op/1",
                0,
                null);
        WorkerStatus first = SampleWorkers.status(records, worker, life, null);
        worker.setStatus(first);

        assertThat(SampleWorkers.status(records, worker, life, null)).isEqualTo(first);
    }

    @Test
    void tellAPersonWhatWasAnsweredLast() {
        WorkerLife life = WorkerLife.requested(SampleWorkers.SPOT, SampleWorkers.BORN);

        WorkerStatus status = SampleWorkers.status(records, worker(), life, "too many requests");

        assertThat(status.message()).contains("waits to be registered").endsWith("last answer: too many requests");
        assertThat(status.reason()).isEqualTo("Throttled");
        assertThat(status.deadline()).isEqualTo(SampleWorkers.BORN.plus(WorkerRules.DEFAULT.createTimeout()));
    }

    @Test
    void tellEveryJobAndInTheMessageTheLongestRunning() {
        WorkerStatus status = SampleWorkers.status(records, worker(), life(new WorkerState.Busy(TWO_JOBS)), null);

        assertThat(status.jobs())
                .containsExactly(
                        new RunningJob(
                                "17", "kernel-tests #3", "https://jenkins.example.org/job/kernel-tests/3/", SINCE),
                        new RunningJob("", "pipe #4 (image)", null, SINCE.plusMillis(61_234)));
        assertThat(status.message()).isEqualTo("runs kernel-tests #3 and 1 more job");
        assertThat(status.firstJobAt()).isEqualTo(SINCE);
    }

    @Test
    void tellNoMoreJobsThanTheApiServerTakes() {
        List<Workload.Running> many = Collections.nCopies(70, WORK.jobs().getFirst());

        assertThat(SampleWorkers.status(records, worker(), life(new WorkerState.Busy(new Workload(many))), null)
                        .jobs())
                .hasSize(64);
    }

    @Test
    void aBusyWorkerWhoseJobsSomebodyHasEditedAwayIsBusy() {
        Worker worker = worker();
        worker.setStatus(new WorkerStatus(
                1L,
                WorkerPhase.BUSY,
                SINCE,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                0,
                null,
                List.of(),
                List.of()));
        assertThat(records.read(worker).state().work().size()).isEqualTo(1);
    }

    private static WorkerLife life(WorkerState state) {
        return SampleWorkers.life(state, SINCE, null);
    }

    private Condition ready(Worker worker, WorkerState state, Instant since, @Nullable Instant awaySince) {
        WorkerLife life =
                new WorkerLife(state, since, SampleWorkers.BORN, SampleWorkers.SPOT, "/vm/1", "", 0, awaySince);
        worker.setStatus(SampleWorkers.status(records, worker, life, null));
        assertThat(worker.getStatus().conditions()).hasSize(1);
        return worker.getStatus().conditions().getFirst();
    }

    @Test
    void aWorkerIsReadyFromItsFirstIdlenessOn() {
        Worker worker = worker();
        Instant idle = SINCE.plusSeconds(60);

        assertThat(ready(worker, new WorkerState.Booting(), SINCE, null))
                .isEqualTo(new Condition(
                        "Ready", ConditionStatus.FALSE, "WaitsForBoot", "waits for its machine to boot", SINCE, 1L));
        assertThat(ready(worker, new WorkerState.Idle(), idle, null))
                .isEqualTo(new Condition("Ready", ConditionStatus.TRUE, "WaitsForJob", "waits for a job", idle, 1L));
        assertThat(ready(worker, new WorkerState.Busy(WORK), idle.plusSeconds(60), null))
                .isEqualTo(new Condition("Ready", ConditionStatus.TRUE, "RunsJob", "runs kernel-tests #3", idle, 1L));
    }

    @Test
    void aWorkerWhoseAgentIsAwayIsNotReady() {
        Worker worker = worker();
        Instant away = SINCE.plusSeconds(30);
        ready(worker, new WorkerState.Busy(WORK), SINCE, null);

        Condition condition = ready(worker, new WorkerState.Busy(WORK), SINCE, away);

        assertThat(condition.status()).isEqualTo(ConditionStatus.FALSE);
        assertThat(condition.reason()).isEqualTo("AgentAway");
        assertThat(worker.getStatus().reason()).isEqualTo("AgentAway");
        assertThat(condition.lastTransitionTime()).isEqualTo(away);
    }

    @Test
    void aWorkerThatEndsIsNotReady() {
        Condition condition =
                ready(worker(), new WorkerState.Draining(WORK, "its pool is being deleted", null), SINCE, null);

        assertThat(condition.status()).isEqualTo(ConditionStatus.FALSE);
        assertThat(condition.reason()).isEqualTo("WaitsForJobToEnd");
    }

    @Test
    void aDrainingWorkerTellsForWhichSilentCiSystemItWaits() {
        Silence silence = new Silence("ci/jenkins", SINCE.plusMillis(500));
        WorkerState draining = new WorkerState.Draining(TWO_JOBS, "its pool is being deleted", silence);

        WorkerStatus status = SampleWorkers.status(records, worker(), life(draining), null);

        assertThat(status.reason()).isEqualTo("SourceStale");
        assertThat(status.message())
                .isEqualTo("takes no further job (its pool is being deleted) and waits for ci/jenkins to say whether"
                        + " kernel-tests #3 and 1 more job have ended: it has not answered since 2026-11-24T21:02:00Z");
    }

    @Test
    void aFailedWorkerSaysWhyItFailedWhateverHindersItNow() {
        WorkerLife failed = life(new WorkerState.Failed(FailureKind.NOT_REGISTERED, "within 5m"));
        assertThat(SampleWorkers.status(records, worker(), failed, "too many requests")
                        .reason())
                .isEqualTo("NotRegistered");
    }

    @Test
    void aReadyWorkerDoesNotGiveWhatHindersItAsTheReason() {
        WorkerStatus status =
                SampleWorkers.status(records, worker(), life(new WorkerState.Idle()), "too many requests");
        assertThat(status.reason()).isEqualTo("Throttled");
        assertThat(status.conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.status()).isEqualTo(ConditionStatus.TRUE);
            assertThat(condition.reason()).isEqualTo("WaitsForJob");
        });
    }
}
