package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.api.v1alpha1.WorkerStatus;
import dev.shedmaster.core.worker.FailureKind;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.core.worker.Workload;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.QuietCi;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.AgentState.RunningJob;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** In which order and how often a look writes and asks, where no account can be asked and most often no CI system. */
class WorkerAdvanceTest {
    private static final Instant NOW = SampleWorkers.BORN.plusSeconds(60);

    private final List<String> done = new ArrayList<>();
    private final KubernetesClient unused = new KubernetesClientBuilder().build();
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final FleetMemory memory = new FleetMemory(clock, () -> {});
    private final Connections<CiLink> ciLinks = new Connections<>();
    private final Set<String> gone = new HashSet<>();
    private final List<Runnable> events = new ArrayList<>();
    private final WorkerRecords records = SampleWorkers.records();
    private final WorkerSurroundings surroundings = new WorkerSurroundings(
            "installation",
            new Informed<>(WorkerPool.class, woken -> {}).known(),
            pool -> Optional.empty(),
            ciLinks,
            new Connections<>(),
            gone::contains,
            memory,
            clock);
    private boolean othersWait;
    private final OwedRecords owed = new OwedRecords(() -> othersWait);
    private final WorkerAdvance advance = new WorkerAdvance(
            records,
            surroundings,
            new WorkerHands(surroundings, memory, new Retirement(worker -> done.add("mark"))),
            owed,
            new WorkerJournal(
                    new BootHistories(),
                    memory,
                    new EventRecorder(unused, "test", clock, events::add),
                    new SimpleMeterRegistry(),
                    () -> {},
                    clock),
            clock);

    @AfterEach
    void close() {
        ciLinks.close();
        unused.close();
    }

    private WorkerStep look(Worker worker) {
        return look(worker, null);
    }

    private WorkerStep look(Worker worker, @Nullable String removal) {
        return advance.advance(worker, removal, (known, status) -> {
            done.add("record " + status.phase());
            known.setStatus(status);
            return known;
        });
    }

    private Worker recorded(WorkerState state) {
        Worker worker = SampleWorkers.named("sm-kvm-a");
        WorkerLife life = SampleWorkers.life(state, SampleWorkers.BORN, null);
        worker.setStatus(SampleWorkers.status(records, worker, life, null));
        return worker;
    }

    @Test
    void theRecordGoesBeforeTheMarkForDeletionAfterWhichItWouldBeRefused() {
        look(recorded(new WorkerState.Failed(FailureKind.BOOT_FAILED, "within 15m")));
        assertThat(done).containsExactly("record " + WorkerPhase.DRAINING, "mark");
    }

    @Test
    void whatIsRecordedAlreadyIsNotRecordedAgain() {
        look(recorded(new WorkerState.Booting()));
        assertThat(done).isEmpty();
    }

    @Test
    void aDrainingWorkerSaysWhichCiSystemItCannotAsk() {
        Worker worker = recorded(new WorkerState.Draining(Workload.NONE, "its pool is being deleted", null));
        look(worker);
        assertThat(worker.getStatus().reason()).isEqualTo("SourceStale");
        assertThat(worker.getStatus().message()).contains("waits for ci/jenkins to say whether it runs one");
        look(worker);
        assertThat(done).containsOnlyOnce("record " + WorkerPhase.DRAINING);
    }

    @Test
    void nobodyWaitsForARegistrationThatNobodyCanTakeAway() {
        WorkerState none = new WorkerState.Gone("its pool is being deleted");
        assertThat(look(recorded(none), "its pool is being deleted").forgotten())
                .as("its CI system may be connected again")
                .isFalse();

        gone.add("ci/jenkins");
        assertThat(look(recorded(none), "its pool is being deleted").forgotten())
                .isTrue();
        assertThat(events).as("an event tells what is left").hasSize(1);
    }

    @Test
    void anAcceptedMachineIsWrittenDownOnceNobodyElseWaits() {
        Worker worker = SampleWorkers.named("sm-kvm-a");
        WorkerLife booting = SampleWorkers.life(new WorkerState.Booting(), NOW, null);
        othersWait = true;
        owed.putOff(worker, booting, SampleWorkers.status(records, worker, booting, null), NOW);

        assertThat(look(worker).lookAgainIn()).isEqualTo(OwedRecords.AGAIN);
        assertThat(done).isEmpty();

        othersWait = false;
        look(worker);
        look(worker);
        assertThat(done).containsExactly("record " + WorkerPhase.BOOTING);
    }

    @Test
    void whatWasNeverWrittenDownIsPartOfWhatIsWrittenAfterIt() {
        Worker worker = SampleWorkers.named("sm-kvm-a");
        WorkerLife booting = SampleWorkers.life(new WorkerState.Booting(), SampleWorkers.BORN, null);
        WorkerLife idle = SampleWorkers.life(new WorkerState.Idle(), NOW, null);
        othersWait = true;
        WorkerStatus first = SampleWorkers.status(records, worker, booting, null);
        owed.putOff(worker, booting, first, NOW);
        owed.putOff(worker, idle, records.write(worker, first, idle, null, null, List.of()), NOW);

        othersWait = false;
        look(worker);
        assertThat(done).containsExactly("record " + WorkerPhase.IDLE);
        assertThat(worker.getStatus().machine()).isNotNull();
        assertThat(worker.getStatus().machine().acceptedAt()).isEqualTo(SampleWorkers.BORN);
    }

    @Test
    void aWorkerThatHasNothingToWriteIsNotLookedAtMoreOftenInABurst() {
        Worker worker = recorded(new WorkerState.Booting());
        Duration usual = look(worker).lookAgainIn();
        othersWait = true;
        assertThat(look(worker).lookAgainIn()).isEqualTo(usual).isNotEqualTo(OwedRecords.AGAIN);
        assertThat(owed.life("ci/sm-kvm-a")).isEmpty();
    }

    /** Of a worker that shall go. */
    @Nested
    class WhereTheAgentGoesOnBeingGivenJobs {
        private final List<String> asked = new ArrayList<>();
        private Outcome<Nothing> stopping = Outcome.done(Nothing.NOTHING);
        private List<RunningJob> jobs = List.of();
        private boolean isOut;

        @BeforeEach
        void connect() {
            ciLinks.ensure(
                    "ci/jenkins",
                    "",
                    () -> new CiLink(
                            "ci/jenkins",
                            new Stubborn(),
                            (before, now) -> Duration.ofHours(1),
                            clock,
                            woken -> {},
                            (before, now) -> {}));
        }

        private final class Stubborn extends QuietCi {
            Stubborn() {
                super(() -> Outcome.failed(new PortError.Transient("not read here")));
            }

            @Override
            public Outcome<AgentState> inspect(String agent) {
                asked.add("look");
                return isOut
                        ? Outcome.failed(new PortError.Transient("503"))
                        : Outcome.done(new AgentState(agent, true, true, null, jobs, true, null, Set.of(), 1));
            }

            @Override
            public Outcome<Nothing> remove(String agent) {
                return isOut ? Outcome.failed(new PortError.Transient("503")) : Outcome.done(Nothing.NOTHING);
            }

            @Override
            public Outcome<Nothing> stopAccepting(String agent, String reason) {
                asked.add("stop");
                return stopping;
            }
        }

        private Worker draining() {
            Worker worker = SampleWorkers.named("sm-kvm-a");
            WorkerLife life = SampleWorkers.life(
                    new WorkerState.Draining(Workload.NONE, "its pool is being deleted", null),
                    SampleWorkers.BORN,
                    null);
            worker.setStatus(SampleWorkers.status(records, worker, life, null));
            return worker;
        }

        private WorkerStep lookAtTheEndOf(Worker worker) {
            return look(worker, "its pool is being deleted");
        }

        @Test
        void itIsNotAskedAgainAndAgainInOneLook() {
            ciLinks.find("ci/jenkins").orElseThrow().look("sm-kvm-a");
            asked.clear();

            WorkerStep step = lookAtTheEndOf(draining());

            assertThat(asked).containsExactly("stop", "look");
            assertThat(step.lookAgainIn()).isEqualTo(Duration.ofSeconds(5));
        }

        @Test
        void thatItsMachineIsGoneIsWrittenDownOnceIfItsRegistrationStays() {
            isOut = true;
            Worker worker = recorded(new WorkerState.Deleting("its pool is being deleted"));
            surroundings.unasked().add("sm-kvm-a");
            lookAtTheEndOf(worker);
            assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.GONE);
            Instant since = worker.getStatus().since();

            done.clear();
            lookAtTheEndOf(worker);
            lookAtTheEndOf(worker);
            assertThat(done).isEmpty();
            assertThat(worker.getStatus().since()).isEqualTo(since);
        }

        @Test
        void soItIsOfOneThatWasLostBeforeItWasMarkedForDeletion() {
            isOut = true;
            Worker worker = recorded(new WorkerState.Gone("its machine was taken back"));
            look(worker);
            assertThat(worker.getStatus().message()).contains("last answer: 503");

            done.clear();
            look(worker);
            look(worker);
            assertThat(done).isEmpty();
        }

        @Test
        void oneThatIsNotOursToStopMayRunAJobHoweverLittleIsHeardOfItAfterwards() {
            CiLink link = ciLinks.find("ci/jenkins").orElseThrow();
            jobs = List.of(new RunningJob("7", "kernel #7", "/job/kernel/7/", null));
            link.look("sm-kvm-a");
            stopping = Outcome.failed(new PortError.AlreadyExists("node 'sm-kvm-a' has no mark: delete it in Jenkins"));
            isOut = true;

            Worker worker = draining();
            lookAtTheEndOf(worker);
            lookAtTheEndOf(worker);

            assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.DRAINING);
            assertThat(worker.getStatus().reason()).isEqualTo("NameTaken");
            assertThat(worker.getStatus().message()).contains("kernel #7").contains("delete it in Jenkins");
        }
    }
}
