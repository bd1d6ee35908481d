package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Api;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.planning.Stage;
import dev.shedmaster.core.planning.WorkerView;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.ci.CiPicture;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.kube.worker.WorkerRecords;
import dev.shedmaster.kube.worker.WorkerSurroundings;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerViewsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private static final String NAME = "sm-kvm-abcdefgh";
    private static final String JENKINS = "ci/jenkins";

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final KubernetesClient unused = new KubernetesClientBuilder().build();
    private final Informed<WorkerPool> pools = new Informed<>(WorkerPool.class, woken -> {});
    private final WorkerRecords records = SampleWorkers.records();
    private final WorkerViews views = new WorkerViews(
            new WorkerSurroundings(
                    "installation",
                    pools.known(),
                    pool -> Optional.empty(),
                    new Connections<>(),
                    new Connections<>(),
                    source -> false,
                    new FleetMemory(clock, () -> {}),
                    clock),
            new Retirement(unused));

    private WorkerView view(Worker worker, Map<String, CiPicture> pictures) {
        return views.views(List.of(KnownWorkers.Known.of(worker, records::read)), pictures, NOW)
                .getFirst();
    }

    @BeforeEach
    void begin() {
        pool("maxJobs: 1");
    }

    private void pool(String lifecycle) {
        pools.put(Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {namespace: ci, name: kvm}
                spec:
                  ci: {jenkins: {serverRef: {name: jenkins}, labels: [amd64], executors: 3}}
                  machine: {architecture: amd64}
                  placements: []
                  scaling: {max: 2}
                  lifecycle: {%s}
                """.formatted(lifecycle), WorkerPool.class));
    }

    @AfterEach
    void close() {
        unused.close();
    }

    private static CiPicture picture(String... jobs) {
        return picture(true, jobs);
    }

    private static CiPicture picture(boolean accepting, String... jobs) {
        return picture(accepting, null, jobs);
    }

    private static CiPicture picture(boolean accepting, @Nullable String stoppedBecause, String[] jobs) {
        List<AgentState.RunningJob> running = Stream.of(jobs)
                .map(job -> new AgentState.RunningJob(job, job, "https://jenkins.example.org/" + job, NOW))
                .toList();
        return picture(
                new AgentState(NAME, true, accepting, stoppedBecause, running, true, null, Set.of("amd64", "kvm"), 3));
    }

    private static CiPicture picture(AgentState agent) {
        return new CiPicture(
                JENKINS,
                new CiSnapshot(NOW, "2.541.3", List.of(), Map.of(), 0, Map.of(NAME, agent), OutsideAgents.NONE),
                NOW.minusSeconds(1),
                null,
                true);
    }

    private Stage stage(Worker worker, CiPicture picture) {
        return view(worker, Map.of(JENKINS, picture)).stage();
    }

    @Test
    void aWorkerThatTheApiServerHasNotYetAnsweredAboutCountsAsRequested() {
        WorkerView view = view(justWritten(), Map.of());
        assertThat(view.stage()).isEqualTo(Stage.REQUESTED);
        assertThat(view.createdAt()).isEqualTo(NOW);
    }

    @Test
    void itsSlotsAreThoseThatItsPoolSaysEvenWithoutABlueprint() {
        assertThat(view(justWritten(), Map.of()).slots()).isEqualTo(3);
    }

    @Test
    void onceItsRegistrationIsSeenItsSlotsAreThoseThatThisGivesIt() {
        AgentState narrow = new AgentState(NAME, false, true, null, List.of(), true, null, Set.of("amd64"), 1);
        assertThat(view(justWritten(), picture(narrow)).slots()).isEqualTo(1);
        AgentState closed = new AgentState(NAME, true, false, null, List.of(), true, null, Set.of("amd64"), 1);
        assertThat(view(justWritten(), picture(closed)).busySlots())
                .as("of a closed one all are taken")
                .isEqualTo(1);
        AgentState ended = new AgentState(NAME, false, false, null, List.of(), false, null, Set.of(), 0);
        assertThat(view(justWritten(), picture(ended)).slots())
                .as("a registration that is gone says nothing")
                .isEqualTo(3);
    }

    @Test
    void aPoolIsLookedUpOnceForAllItsWorkers() {
        List<KnownWorkers.Known> workers = Stream.of("sm-kvm-aaaaaaaa", "sm-kvm-bbbbbbbb", "sm-kvm-cccccccc")
                .map(name -> KnownWorkers.Known.of(SampleWorkers.named(name), records::read))
                .toList();
        int before = pools.lookups();
        assertThat(views.views(workers, Map.of(JENKINS, picture("build #1")), NOW))
                .hasSize(3)
                .allSatisfy(view -> assertThat(view.slots()).isEqualTo(3));
        assertThat(pools.lookups() - before).isEqualTo(1);
    }

    @Test
    void itsLabelsAreThoseOfItsRegistrationAsLongAsItHasOne() {
        assertThat(view(justWritten(), picture()).labels()).containsExactlyInAnyOrder("amd64", "kvm");
        assertThat(view(justWritten(), Map.of()).labels()).isNull();
        AgentState ended = new AgentState(NAME, false, false, null, List.of(), false, null, Set.of(), 1);
        assertThat(view(justWritten(), picture(ended)).labels()).isNull();
        CiPicture old = new CiPicture(JENKINS, picture().snapshot(), NOW.minusSeconds(900), null, false);
        assertThat(view(justWritten(), old).labels()).as("labels do not age").contains("kvm");
    }

    private WorkerView view(Worker worker, CiPicture picture) {
        return view(worker, Map.of(JENKINS, picture));
    }

    @Test
    void theFreeSlotsOfAnAgentThatTakesNoFurtherJobAreNoSupply() {
        pool("");
        assertThat(view(justWritten(), picture("build #1")).busySlots()).isEqualTo(1);
        WorkerView closed = view(justWritten(), picture(false, "build #1"));
        assertThat(closed.stage()).isEqualTo(Stage.BUSY);
        assertThat(closed.busySlots()).isEqualTo(closed.slots()).isEqualTo(3);
    }

    @Test
    void theFreeSlotsOfAWorkerThatRunsItsLastJobsAreNoSupplyBeforeItIsClosed() {
        pool("maxJobs: 4");
        Worker worker = recorded(SampleWorkers.busy(NOW.minusSeconds(60), "build #1"), 1);
        assertThat(view(worker, picture("build #1", "build #2")).busySlots()).isEqualTo(2);
        assertThat(view(worker, picture("build #1", "build #2", "build #3")).busySlots())
                .isEqualTo(3);
        assertThat(view(worker, picture("build #2", "build #3")).busySlots())
                .as("one has ended that is not yet recorded")
                .isEqualTo(3);
    }

    @Test
    void anIdleAgentThatSomebodyHasMarkedOfflineIsNoSupply() {
        pool("");
        Worker worker = recorded(new WorkerState.Idle(), 0);
        assertThat(view(worker, picture()).busySlots()).isZero();
        WorkerView marked = view(worker, picture(false));
        assertThat(marked.stage()).isEqualTo(Stage.STARTING);
        assertThat(marked.busySlots()).isEqualTo(3);
    }

    @Test
    void aWorkerThatWeHaveToldToStopIsOnItsWayOutWhateverIsRecorded() {
        pool("");
        assertThat(stage(recorded(new WorkerState.Idle(), 0), picture(false, "runs its one job", new String[0])))
                .isEqualTo(Stage.DRAINING);
        assertThat(stage(recorded(new WorkerState.Registering(), 0), picture(false, "is old", new String[0])))
                .isEqualTo(Stage.DRAINING);
        assertThat(stage(recorded(new WorkerState.Idle(), 0), picture(false, "is old", new String[] {"build #1"})))
                .isEqualTo(Stage.BUSY);
    }

    @Test
    void aWorkerWhoseMachineShouldHaveBeenAcceptedSaysWhatItWaitsFor() {
        Worker worker = recorded(new WorkerState.Requested(), 0);
        assertThat(view(worker, Map.of()).overdue()).isNull();
        Instant late = records.read(worker).bornAt().plus(Duration.ofMinutes(10));
        assertThat(views.views(List.of(KnownWorkers.Known.of(worker, records::read)), Map.of(), late))
                .singleElement()
                .extracting(WorkerView::overdue)
                .isEqualTo(new WorkerView.Overdue(false, "waits to be registered and for its machine to be asked for"));
        Worker next = recorded(new WorkerState.Creating(), 0);
        assertThat(views.views(List.of(KnownWorkers.Known.of(next, records::read)), Map.of(), late))
                .as("of one that asks for its next offering the same is true")
                .singleElement()
                .satisfies(view -> assertThat(view.stage()).isEqualTo(Stage.REQUESTED))
                .extracting(WorkerView::overdue)
                .isNotNull();
        Worker busy = recorded(new WorkerState.Idle(), 0);
        assertThat(views.views(List.of(KnownWorkers.Known.of(busy, records::read)), Map.of(), late))
                .singleElement()
                .extracting(WorkerView::overdue)
                .isNull();
    }

    @Test
    void aWorkerWhoseMachineIsGoneHoldsNothingAnyMore() {
        Worker worker = recorded(new WorkerState.Gone("its pool is being deleted"), 0);
        assertThat(views.views(List.of(KnownWorkers.Known.of(worker, records::read)), Map.of(), NOW))
                .isEmpty();
    }

    @Test
    void whileNothingIsKnownOfAnAgentItsWorkerRunsWhatIsRecorded() {
        Worker worker = recorded(SampleWorkers.busy(NOW.minusSeconds(60), "build #1", "build #2"), 0);
        assertThat(view(worker, Map.of()).busySlots()).isEqualTo(2);
    }

    @Test
    void aJobThatThePictureShowsRunningMakesItsWorkerBusyBeforeThatIsRecorded() {
        assertThat(stage(justWritten(), picture("build #1"))).isEqualTo(Stage.BUSY);
    }

    @Test
    void aWorkerWhoseOnlyJobIsOverIsNoSupply() {
        assertThat(stage(busySince(NOW.minusSeconds(60)), picture())).isEqualTo(Stage.DRAINING);
    }

    @Test
    void aJobThatWasRecordedAfterThePictureWasTakenStillWaitsInItSoItsWorkerIsFree() {
        WorkerView view = view(busySince(NOW), picture());
        assertThat(view.stage()).isEqualTo(Stage.IDLE);
        assertThat(view.busySlots()).isZero();
    }

    @Test
    void ofAPictureThatIsTooOldOrMissingNothingIsBelieved() {
        CiPicture fresh = picture("build #1");
        CiPicture old = new CiPicture(JENKINS, fresh.snapshot(), fresh.begunAt(), null, false);
        assertThat(stage(justWritten(), old)).isEqualTo(Stage.REQUESTED);
        assertThat(view(justWritten(), Map.of()).stage()).isEqualTo(Stage.REQUESTED);
    }

    private Worker busySince(Instant since) {
        return recorded(SampleWorkers.busy(since, "build #1"), 0);
    }

    private Worker recorded(WorkerState state, int jobsDone) {
        Worker worker = justWritten();
        WorkerLife requested = records.read(worker);
        worker.setStatus(SampleWorkers.status(
                records,
                worker,
                new WorkerLife(
                        state,
                        NOW.minusSeconds(120),
                        requested.bornAt(),
                        requested.offering(),
                        "id",
                        "",
                        jobsDone,
                        null),
                null));
        return worker;
    }

    /** As it is before the API server gives it a UID. */
    private static Worker justWritten() {
        Worker worker = SampleWorkers.named(NAME);
        worker.getMetadata().setUid(null);
        worker.getMetadata().setCreationTimestamp(null);
        worker.getMetadata().getAnnotations().put(Api.REQUESTED_AT, NOW.toString());
        return worker;
    }
}
