package dev.shedmaster.kube.fleet;

import static dev.shedmaster.kube.fleet.FleetRoom.ACCOUNT;
import static dev.shedmaster.kube.fleet.FleetRoom.JENKINS;
import static dev.shedmaster.kube.fleet.FleetRoom.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.planning.AccountView;
import dev.shedmaster.core.planning.BootHistory;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.PoolView;
import dev.shedmaster.core.planning.SourceView;
import dev.shedmaster.core.planning.Stage;
import dev.shedmaster.core.planning.WorkerView;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.QuietCi;
import dev.shedmaster.kube.pool.BareBlueprint;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.kube.worker.WorkerRecords;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a plan rests on: everything that is known, each CI system at one instant, and nothing twice. */
class FleetObserverTest {
    private static final Instant NINE = Instant.parse("2026-11-24T21:00:00Z");
    private static final String NAME = "sm-kvm-abcdefgh";
    private static final QueuedJob JOB = FleetRoom.job(JENKINS, "1", "amd64", NINE);

    private final AtomicReference<Instant> now = new AtomicReference<>(NINE);
    private final KubernetesClient unused = new KubernetesClientBuilder().build();
    private final WorkerRecords records = SampleWorkers.records();
    private final FleetRoom room = new FleetRoom(now::get, new Retirement(unused));
    private final Informed<Worker> workers = room.workers;

    /** Shows what it is told to. */
    private static class Jenkins extends QuietCi {
        private final AtomicReference<Outcome<CiSnapshot>> shown;

        Jenkins(List<QueuedJob> jobs, AgentState... agents) {
            this(new AtomicReference<>(shows(jobs, agents)));
        }

        private Jenkins(AtomicReference<Outcome<CiSnapshot>> shown) {
            super(shown::get);
            this.shown = shown;
        }

        final void nowShows(List<QueuedJob> jobs, AgentState... agents) {
            shown.set(shows(jobs, agents));
        }

        final void doesNotAnswer() {
            shown.set(Outcome.failed(new PortError.Transient("no answer")));
        }

        private static Outcome<CiSnapshot> shows(List<QueuedJob> jobs, AgentState... agents) {
            Map<String, AgentState> byName =
                    Stream.of(agents).collect(Collectors.toMap(AgentState::name, agent -> agent));
            return Outcome.done(new CiSnapshot(NINE, "2.541.3", jobs, Map.of(), 0, byName, OutsideAgents.NONE));
        }
    }

    private static AgentState agent(String name, String... jobs) {
        List<AgentState.RunningJob> running = Stream.of(jobs)
                .map(job -> new AgentState.RunningJob(job, "build #" + job, "", NINE))
                .toList();
        return new AgentState(name, true, true, null, running, true, null, Set.of(), 1);
    }

    @BeforeEach
    void begin() {
        room.pool("amd64");
        room.account(ACCOUNT, 1);
    }

    @AfterEach
    void end() {
        room.close();
        unused.close();
    }

    private CiLink read(Jenkins jenkins) {
        CiLink link = room.connectCi(JENKINS, jenkins);
        await().until(() -> link.latest().value() != null);
        return link;
    }

    /** Time passes, and what is shown then has been read. */
    private void readAgain(CiLink link) {
        Instant then = now.updateAndGet(instant -> instant.plusSeconds(3));
        await().until(() -> then.equals(link.latest().begunAt()));
    }

    private FleetView observe() {
        return room.observer.observe(Map.of(), now.get());
    }

    private Worker recorded(String name, WorkerState state) {
        Worker worker = SampleWorkers.named(name);
        worker.setStatus(
                SampleWorkers.status(records, worker, SampleWorkers.life(state, SampleWorkers.BORN, null), null));
        return worker;
    }

    private static Stage stage(FleetView view, String worker) {
        return view.workers().stream()
                .filter(known -> known.name().equals("ci/" + worker))
                .map(WorkerView::stage)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everythingThatIsKnownIsInIt() {
        read(new Jenkins(List.of(JOB), agent(NAME, "2")));
        workers.put(recorded(NAME, new WorkerState.Idle()));
        workers.put(recorded("sm-kvm-booting", new WorkerState.Booting()));
        room.memory.learn(new Blockage(
                new Blockage.WholeType(ACCOUNT, CapacityType.SPOT), NINE.plusSeconds(300), "no spot capacity"));

        FleetView view = room.observer.observe(Map.of("ci/w", NINE), NINE);

        assertThat(view.jobs()).containsExactly(JOB);
        assertThat(view.sources()).isEqualTo(Map.of(JENKINS, new SourceView(JENKINS, NINE, OutsideAgents.NONE)));
        assertThat(view.pools()).extracting(PoolView::name).containsExactly(POOL);
        assertThat(view.workers()).hasSize(2);
        assertThat(stage(view, NAME)).as("what Jenkins shows is news").isEqualTo(Stage.BUSY);
        assertThat(stage(view, "sm-kvm-booting")).isEqualTo(Stage.STARTING);
        assertThat(view.accounts()).extracting(AccountView::name).containsExactly(ACCOUNT);
        assertThat(view.memory()).isEqualTo(room.memory.current());
        assertThat(view.removalCandidates()).isEqualTo(Map.of("ci/w", NINE));
    }

    @Nested
    class Readings {
        @Test
        void aCiSystemThatWasNeverReadShowsNothingAndSaysSo() {
            Jenkins jenkins = new Jenkins(List.of(JOB));
            jenkins.doesNotAnswer();
            CiLink link = room.connectCi(JENKINS, jenkins);
            await().until(() -> link.picture().failingSince() != null);
            workers.put(recorded(NAME, new WorkerState.Idle()));

            FleetView view = observe();

            assertThat(view.sources())
                    .isEqualTo(Map.of(JENKINS, new SourceView(JENKINS, null, NINE, OutsideAgents.NONE)));
            assertThat(view.jobs()).isEmpty();
            assertThat(stage(view, NAME)).as("as it is recorded").isEqualTo(Stage.IDLE);
        }

        @Test
        void aCiSystemThatIsNotConnectedIsNoSource() {
            workers.put(recorded(NAME, new WorkerState.Idle()));

            FleetView view = observe();

            assertThat(view.sources()).isEmpty();
            assertThat(stage(view, NAME)).isEqualTo(Stage.IDLE);
        }

        @Test
        void whileItDoesNotAnswerItsLastReadingKeepsItsTimeAndAgentsAreBelievedForAWhileOnly() {
            Jenkins jenkins = new Jenkins(List.of(JOB), agent(NAME, "2"));
            CiLink link = read(jenkins);
            workers.put(recorded(NAME, new WorkerState.Idle()));
            jenkins.doesNotAnswer();
            await().until(() -> link.picture().failingSince() != null);

            now.set(NINE.plus(Duration.ofMinutes(1)));
            FleetView late = observe();
            now.set(NINE.plus(Duration.ofMinutes(3)));
            FleetView stale = observe();

            assertThat(late.sources())
                    .isEqualTo(Map.of(JENKINS, new SourceView(JENKINS, NINE, NINE, OutsideAgents.NONE)));
            assertThat(stage(late, NAME)).isEqualTo(Stage.BUSY);
            assertThat(stale.sources()).isEqualTo(late.sources());
            assertThat(stale.jobs())
                    .as("the planner decides what they are worth")
                    .containsExactly(JOB);
            assertThat(stage(stale, NAME)).as("as it is recorded").isEqualTo(Stage.IDLE);
        }

        @Test
        void aReadingThatEndsWhileTheViewIsMadeIsNoneOfIt() {
            Jenkins jenkins = new Jenkins(List.of(JOB), agent(NAME));
            CiLink link = read(jenkins);
            workers.put(recorded(NAME, new WorkerState.Idle()));
            room.pools.afterListing = () -> {
                jenkins.nowShows(List.of(), agent(NAME, JOB.id()));
                readAgain(link);
            };

            FleetView first = room.observer.observe(Map.of(), NINE);
            room.pools.afterListing = () -> {};
            FleetView second = observe();

            assertThat(first.jobs()).containsExactly(JOB);
            assertThat(stage(first, NAME)).as("the job either waits or runs").isEqualTo(Stage.IDLE);
            assertThat(first.sources()).containsValue(new SourceView(JENKINS, NINE, OutsideAgents.NONE));
            assertThat(second.jobs()).isEmpty();
            assertThat(stage(second, NAME)).isEqualTo(Stage.BUSY);
            assertThat(second.sources())
                    .containsValue(new SourceView(JENKINS, NINE.plusSeconds(3), OutsideAgents.NONE));
        }

        @Test
        void readingsAreAtLeastAsNewAsWhatIsRecordedOfWorkers() {
            Jenkins jenkins = new Jenkins(List.of(JOB), agent(NAME));
            CiLink link = read(jenkins);
            workers.put(recorded(NAME, new WorkerState.Idle()));
            workers.afterListing = () -> {
                jenkins.nowShows(List.of(), agent(NAME));
                readAgain(link);
            };

            FleetView view = observe();

            assertThat(view.jobs())
                    .as("the job has been run, and that may be recorded already")
                    .isEmpty();
        }

        @Test
        void whatWasSeenOfOneAgentSinceIsNoneOfItBeforeTheQueueHasBeenReadToo() {
            CiLink link = read(new Jenkins(List.of(JOB), agent(NAME)) {
                @Override
                public Outcome<AgentState> inspect(String name) {
                    return Outcome.done(agent(name, JOB.id()));
                }
            });
            workers.put(recorded(NAME, new WorkerState.Idle()));
            // No further reading is taken.
            link.close();
            now.set(NINE.plusSeconds(1));
            assertThat(link.look(NAME)).isEqualTo(Outcome.done(Nothing.NOTHING));

            FleetView view = observe();

            assertThat(view.jobs()).containsExactly(JOB);
            assertThat(stage(view, NAME)).isEqualTo(Stage.IDLE);
        }
    }

    @Nested
    class Workers {
        @Test
        void oneThatIsOnlyDecidedOnCounts() {
            room.ledger.add(SampleWorkers.named(NAME));

            assertThat(stage(observe(), NAME)).isEqualTo(Stage.REQUESTED);
        }

        @Test
        void oneThatTheInformerShowsTooCountsOnceAndAsTheInformerShowsIt() {
            room.ledger.add(SampleWorkers.named(NAME));
            workers.put(recorded(NAME, new WorkerState.Idle()));

            assertThat(observe().workers()).hasSize(1);
            assertThat(stage(observe(), NAME)).isEqualTo(Stage.IDLE);
        }

        @Test
        void oneThatTheInformerBeginsToShowMeanwhileIsNotMissed() {
            Worker worker = SampleWorkers.named(NAME);
            room.ledger.add(worker);
            workers.afterListing = () -> {
                workers.put(worker);
                room.ledger.drop(worker);
            };

            assertThat(observe().workers()).hasSize(1);
        }

        @Test
        void theirPricesAreThoseOfTheAccountAsItIsNow() {
            List<String> read = new ArrayList<>();
            room.onRead = worker -> read.add(worker.getMetadata().getName());
            Worker worker = recorded(NAME, new WorkerState.Idle());
            worker.getMetadata().setResourceVersion("1");
            workers.put(worker);
            observe();
            observe();
            assertThat(read).containsExactly(NAME);

            room.account(ACCOUNT, 2);
            observe();

            assertThat(read).containsExactly(NAME, NAME);
        }
    }

    @Nested
    class Pools {
        private static final BootHistory TWO_FAILURES = new BootHistory(2, NINE, "no agent");
        private static final Offering ELSEWHERE =
                new Offering("main", "ci/another", "Standard_D8ds_v5", "DDSv5", null, CapacityType.ON_DEMAND, 8, 0.5);

        private PoolView pool() {
            return observe().pools().getFirst();
        }

        private void drawn(String template) {
            new BareBlueprint(template, List.of(SampleWorkers.SPOT)).drawn(room.blueprints, POOL);
        }

        @Test
        void nothingHindersOneWhoseCiSystemAndAccountAreConnected() {
            drawn("t1");
            room.connectCi(JENKINS, new Jenkins(List.of()));
            room.connectAccount(ACCOUNT);

            assertThat(pool().making().blocker()).isNull();
            assertThat(pool().making().ladder()).containsExactly(SampleWorkers.SPOT);
        }

        @Test
        void oneWithoutABlueprintSaysWhy() {
            assertThat(pool().making().blocker()).isEqualTo("it has not been looked at yet");
        }

        @Test
        void oneWhoseCiSystemIsNotConnectedSaysWhereToLook() {
            drawn("t1");
            room.connectAccount(ACCOUNT);

            assertThat(pool().making().blocker())
                    .isEqualTo("its CI system ci/jenkins is not connected; see that object's conditions");
        }

        @Test
        void oneWhoseCiSystemIsBeingDeletedGetsNoNewWorker() {
            drawn("t1");
            room.connectAccount(ACCOUNT);
            CiLink link = room.connectCi(JENKINS, new Jenkins(List.of()));
            assertThat(pool().making().blocker()).isNull();

            link.leave();

            assertThat(pool().making().blocker())
                    .isEqualTo("its CI system ci/jenkins is being deleted, and goes after the last worker that is"
                            + " registered there: make another pool for another server, and delete this one");
        }

        @Test
        void oneWhoseCiSystemDoesNotPermitWhatAgentsNeedNamesIt() {
            drawn("t1");
            room.connectAccount(ACCOUNT);
            AtomicReference<Outcome<List<MissingPermission>>> missing =
                    new AtomicReference<>(Outcome.failed(new PortError.Transient("no answer")));
            CiLink link = room.connectCi(JENKINS, new Jenkins(List.of()) {
                @Override
                public Outcome<List<MissingPermission>> verify() {
                    return missing.get();
                }
            });
            assertThat(pool().making().blocker())
                    .isEqualTo(
                            "what its CI system ci/jenkins permits us is not known yet; see that object's conditions");

            missing.set(Outcome.done(
                    List.of(new MissingPermission("Job/Read", false), new MissingPermission("Agent/Create", true))));
            link.verify();
            assertThat(pool().making().blocker())
                    .isEqualTo("its CI system ci/jenkins does not permit us Agent/Create, which every worker needs;"
                            + " see that object's conditions");

            missing.set(Outcome.done(List.of(new MissingPermission("Job/Read", false))));
            link.verify();
            assertThat(pool().making().blocker()).isNull();
        }

        @Test
        void oneNeedsOneOfItsAccounts() {
            drawn("t1");
            room.connectCi(JENKINS, new Jenkins(List.of()));
            room.connectAccount("ci/another");
            assertThat(pool().making().blocker())
                    .isEqualTo("none of its accounts is connected; see the conditions of its AzureSubscriptions");

            new BareBlueprint("t1", List.of(SampleWorkers.SPOT, ELSEWHERE)).drawn(room.blueprints, POOL);

            assertThat(pool().making().blocker()).isNull();
        }

        @Test
        void onlyFailuresOfThePresentTemplateCount() {
            room.histories.failed(POOL, "t1", "first", NINE);
            room.histories.failed(POOL, "t1", "no agent", NINE);
            drawn("t1");
            assertThat(pool().state().history()).isEqualTo(TWO_FAILURES);

            drawn("t2");
            assertThat(pool().state().history()).isEqualTo(BootHistory.NONE);
        }
    }
}
