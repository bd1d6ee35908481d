package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.shedmaster.api.v1alpha1.Refusal;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.planning.BootHistory;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.QuietCi;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.machine.QuietProvider;
import dev.shedmaster.kube.pool.Blueprints;
import dev.shedmaster.kube.pool.PoolBlueprint;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineSettings;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a worker asks for its machine when its first account does not serve it. */
class AccountChoiceTest {
    private static final String NAME = "sm-kvm-a";
    private static final Offering FIRST = SampleWorkers.SPOT;
    private static final Offering SECOND =
            new Offering("else", "ci/other", FIRST.size(), FIRST.size(), "1", CapacityType.SPOT, 8, 0.2);
    private static final PortError REFUSED = new PortError.Unauthorized("invalid_client: renew it in its Secret");

    private final List<String> asked = new ArrayList<>();
    private final List<String> recorded = new ArrayList<>();
    private Instant now = SampleWorkers.BORN.plusSeconds(60);
    private final InstantSource clock = () -> now;
    private final FleetMemory memory = new FleetMemory(clock, () -> {});
    private final BootHistories histories = new BootHistories();
    private final KubernetesClient unused = new KubernetesClientBuilder().build();
    private final Connections<CiLink> ciLinks = new Connections<>();
    private final Connections<MachineLink> machineLinks = new Connections<>();
    private List<Offering> ladder = List.of(FIRST, SECOND);
    private PortError firstSays = REFUSED;
    private boolean isPoolKnown = true;
    private final Informed<WorkerPool> pools = new Informed<>(WorkerPool.class, woken -> {});
    private Optional<PortError> jenkinsSays = Optional.empty();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final WorkerSurroundings surroundings = new WorkerSurroundings(
            "installation",
            pools.known(),
            new Blueprints() {
                @Override
                public Optional<PoolBlueprint> find(String pool) {
                    return isPoolKnown ? Optional.of(new Blueprint(ladder)) : Optional.empty();
                }

                @Override
                public boolean isKnown(String pool) {
                    return isPoolKnown;
                }
            },
            ciLinks,
            machineLinks,
            source -> false,
            memory,
            clock);
    private final WorkerAdvance advance = new WorkerAdvance(
            SampleWorkers.records(),
            surroundings,
            new WorkerHands(surroundings, memory, new Retirement(worker -> {})),
            new OwedRecords(() -> false),
            new WorkerJournal(
                    histories, memory, new EventRecorder(unused, "test", clock, task -> {}), meters, () -> {}, clock),
            clock);

    AccountChoiceTest() {
        ciLinks.ensure(
                "ci/jenkins",
                "",
                () -> new CiLink(
                        "ci/jenkins",
                        new Enrolling(),
                        (before, now) -> Duration.ofHours(1),
                        clock,
                        woken -> {},
                        (before, now) -> {}));
        connect(FIRST.account());
        connect(SECOND.account());
    }

    private void connect(String account) {
        machineLinks.ensure(
                account,
                "",
                () -> new MachineLink(
                        account,
                        new Account(account),
                        Map::of,
                        (before, now) -> Duration.ofHours(1),
                        clock,
                        woken -> {},
                        (before, now) -> {}));
    }

    @AfterEach
    void close() {
        ciLinks.close();
        machineLinks.close();
        unused.close();
    }

    private WorkerStep look(Worker worker) {
        return advance.advance(worker, null, (known, status) -> {
            recorded.add(status.phase() + " after " + asked);
            known.setStatus(status);
            return known;
        });
    }

    private Worker made() {
        return SampleWorkers.named(surroundings.unasked().add(NAME));
    }

    @Test
    void aWorkerWhoseFirstOrderIsRefusedGoesToTheNextAccountInTheSameLook() {
        Worker worker = made();
        look(worker);

        assertThat(asked).containsExactly("create at ci/azure", "create at ci/other");
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.BOOTING);
        assertThat(worker.getStatus().refusals())
                .extracting(Refusal::why)
                .containsExactly("invalid_client: renew it in its Secret");
        assertThat(memory.current().closing("ci/azure", clock.instant())).isPresent();
        assertThat(histories.of("ci/kvm", "hash")).isEqualTo(BootHistory.NONE);
    }

    @Test
    void soDoesOneWhoseAccountWantsToBeLeftAloneForLong() {
        firstSays = new PortError.Throttled(Duration.ofMinutes(20), "429");
        look(made());
        assertThat(asked).containsExactly("create at ci/azure", "create at ci/other");
    }

    @Test
    void theNextWorkerDoesNotAskTheFirstAccountAtAll() {
        look(made());
        asked.clear();

        Worker next = SampleWorkers.named(surroundings.unasked().add("sm-kvm-b"));
        look(next);
        assertThat(asked).containsExactly("create at ci/other");
    }

    /** As after a restart: an order before it may have got through. */
    @Test
    void aWorkerThatMayHaveAMachineThereIsNotAskedForElsewhere() {
        Worker worker = SampleWorkers.named(NAME);
        look(worker);
        assertThat(asked).containsExactly("create at ci/azure", "look at ci/azure");
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.REQUESTED);
        assertThat(worker.getStatus().message()).contains("renew it in its Secret");
    }

    @Test
    void anOrderWhoseAnswerWasLostLeavesADoubtThatALaterRefusalDoesNotEnd() {
        firstSays = new PortError.Transient("connection reset");
        Worker worker = made();
        look(worker);
        firstSays = REFUSED;
        look(worker);
        assertThat(asked).containsExactly("create at ci/azure", "create at ci/azure", "look at ci/azure");
    }

    @Test
    void whereThereIsNoOtherTheWorkerGoesAndThePoolIsNotBlamed() {
        ladder = List.of(FIRST);
        Worker worker = made();
        look(worker);

        assertThat(worker.getStatus().cause()).contains("no account served it", "renew it in its Secret");
        assertThat(histories.of("ci/kvm", "hash")).isEqualTo(BootHistory.NONE);
    }

    /** The planner makes one although it knows of the refusal: to find out whether that still holds. */
    @Test
    void aWorkerThatWasMadeAfterTheRefusalAsksAllTheSame() {
        now = SampleWorkers.BORN.minusSeconds(600);
        memory.learn(new dev.shedmaster.core.worker.Refusal.Unauthorized("403"), FIRST, "t1");
        now = SampleWorkers.BORN.plusSeconds(1);
        ladder = List.of(FIRST);
        look(made());
        assertThat(asked).containsExactly("create at ci/azure");
    }

    @Test
    void anOrderThatTheProviderFindsWrongGoesToTheNextOfferingAndIsRemembered() {
        firstSays = new PortError.Invalid("vmSizes", "vmSizes: AzureSpotIsNotSupportedForThisVMSize");
        Worker worker = made();
        look(worker);
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.BOOTING);
        assertThat(worker.getStatus().refusals())
                .extracting(Refusal::code, Refusal::why)
                .containsExactly(tuple("Invalid", "vmSizes: AzureSpotIsNotSupportedForThisVMSize"));

        look(SampleWorkers.named(surroundings.unasked().add("sm-kvm-b")));
        assertThat(asked).containsExactly("create at ci/azure", "create at ci/other", "create at ci/other");
    }

    @Test
    void anOrderThatIsWrongEverywhereFailsTheWorkerWithThePool() {
        ladder = List.of(FIRST);
        firstSays = new PortError.Invalid("image", "image: there is none");
        Worker worker = made();
        look(worker);
        assertThat(worker.getStatus().cause()).isEqualTo("the provider refuses the order: image: there is none");
        assertThat(histories.of("ci/kvm", "hash").consecutiveFailures()).isEqualTo(1);
    }

    @Test
    void aNameThatIsTakenSaysNothingOfOtherWorkers() {
        firstSays = new PortError.AlreadyExists("a machine of that name is not ours");
        look(made());
        look(SampleWorkers.named(surroundings.unasked().add("sm-kvm-b")));
        assertThat(asked)
                .containsExactly(
                        "create at ci/azure", "create at ci/other", "create at ci/azure", "create at ci/other");
    }

    @Test
    void aThrottleDoesNotOutlastTheTimeForBeingAccepted() {
        now = SampleWorkers.BORN.plus(Duration.ofMinutes(6));
        firstSays = new PortError.Throttled(Duration.ofMinutes(3), "429");
        assertThat(look(made()).lookAgainIn()).isEqualTo(Duration.ofMinutes(3));

        firstSays = new PortError.Throttled(Duration.ofSeconds(290), "429");
        assertThat(look(made()).lookAgainIn()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void norDoesTheWaitForALookAtAnAccountThatMayHaveTheMachine() {
        firstSays = new PortError.Throttled(Duration.ofMinutes(20), "429");
        assertThat(look(SampleWorkers.named(NAME)).lookAgainIn()).isEqualTo(Duration.ofMinutes(9));
    }

    /** Its turn comes when it comes: each worker at a time of its own. */
    @Test
    void onceThatTimeIsOverAWorkerComesBackWhenItIsTold() {
        now = SampleWorkers.BORN.plus(Duration.ofMinutes(11));
        firstSays = new PortError.HeldBack(Duration.ofMinutes(2), "others first");
        assertThat(look(made()).lookAgainIn()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void theTimeForBeingAcceptedDoesNotRunWhileOthersComeFirst() {
        firstSays = new PortError.HeldBack(Duration.ofMinutes(12), "others first");
        Worker worker = made();
        look(worker);
        now = SampleWorkers.BORN.plus(Duration.ofMinutes(13));
        firstSays = new PortError.Transient("connection reset");

        look(worker);
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.REQUESTED);

        now = SampleWorkers.BORN.plus(Duration.ofMinutes(23));
        look(worker);
        assertThat(worker.getStatus().cause()).contains("its machine was not accepted in time");
    }

    @Test
    void norDoesItRunWhileTheCiSystemDoesNotAnswerAndThePoolIsNotBlamed() {
        jenkinsSays = Optional.of(new PortError.Transient("503"));
        Worker worker = made();
        assertThat(look(worker).lookAgainIn()).as("a tenth of the wait").isEqualTo(Duration.ofSeconds(6));
        for (int look = 0; look < 60; look++) {
            now = now.plus(Duration.ofMinutes(1));
            assertThat(look(worker).lookAgainIn()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(30));
        }
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.REQUESTED);
        assertThat(worker.getStatus().message()).contains("503");
        assertThat(worker.getStatus().deadline()).isAfter(now.minusSeconds(60));
        assertThat(recorded).as("records of an hour").hasSizeLessThan(10);
        assertThat(meters.get("shedmaster.worker.overdue").counter().count()).isEqualTo(1);
        assertThat(asked).isEmpty();

        jenkinsSays = Optional.empty();
        look(worker);
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.BOOTING);
        assertThat(histories.of("ci/kvm", "hash")).isEqualTo(BootHistory.NONE);
    }

    @Test
    void itIsToldOnceThatARegistrationIsOverdueAlsoAfterARestartAndNothingEnds() {
        now = SampleWorkers.BORN.plus(Duration.ofMinutes(30));
        jenkinsSays = Optional.of(new PortError.Unauthorized("403"));
        Worker worker = made();
        look(worker);
        assertThat(worker.getStatus().deadline()).isNotNull();
        recorded.clear();
        for (int look = 0; look < 20; look++) {
            now = now.plus(Duration.ofMinutes(1));
            assertThat(look(worker).lookAgainIn()).isEqualTo(Duration.ofSeconds(30));
        }
        assertThat(recorded).as("records of twenty minutes").isEmpty();
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.REQUESTED);
        assertThat(meters.get("shedmaster.worker.overdue").counter().count()).isEqualTo(1);
    }

    @Test
    void nothingFollowsBeforeItsPoolWasLookedAt() {
        pools.put(pool());
        isPoolKnown = false;
        now = SampleWorkers.BORN.plus(Duration.ofMinutes(30));
        Worker worker = made();
        assertThat(look(worker)).isEqualTo(new WorkerStep(false, Duration.ofSeconds(1)));
        assertThat(recorded).isEmpty();

        isPoolKnown = true;
        now = SampleWorkers.BORN.plusSeconds(60);
        look(worker);
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.BOOTING);
    }

    private static WorkerPool pool() {
        return Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {namespace: ci, name: kvm}
                spec:
                  ci: {jenkins: {serverRef: {name: jenkins}, labels: [amd64]}}
                  machine: {architecture: amd64}
                  placements: []
                  scaling: {max: 2}
                """, WorkerPool.class);
    }

    @Test
    void aRegistrationThatIsWrongFailsAtOnce() {
        jenkinsSays = Optional.of(new PortError.Invalid("labels", "labels: a character that Jenkins refuses"));
        Worker worker = made();
        look(worker);
        assertThat(worker.getStatus().cause()).contains("a character that Jenkins refuses");
    }

    /** After a crash it is known then whom to ask for the machine. */
    @Test
    void thatAnotherAccountIsAskedIsRecordedBeforeItIs() {
        look(made());

        assertThat(asked).containsExactly("create at ci/azure", "create at ci/other");
        assertThat(recorded).first().isEqualTo(WorkerPhase.CREATING + " after [create at ci/azure]");
    }

    @Test
    void theDeadlineOfAWorkerThatWaitsForItsTurnIsToldAnewOnceItHasPassed() {
        firstSays = new PortError.HeldBack(Duration.ofMinutes(12), "others first");
        Worker worker = made();
        look(worker);
        Instant first = SampleWorkers.BORN.plus(Duration.ofMinutes(10));
        assertThat(worker.getStatus().deadline()).isEqualTo(first);

        now = SampleWorkers.BORN.plus(Duration.ofMinutes(9));
        look(worker);
        assertThat(worker.getStatus().deadline()).as("not with each look").isEqualTo(first);

        now = SampleWorkers.BORN.plus(Duration.ofMinutes(11));
        look(worker);
        assertThat(worker.getStatus().deadline()).isEqualTo(first.plus(Duration.ofMinutes(10)));
        assertThat(meters.find("shedmaster.worker.overdue").counters()).isEmpty();
    }

    @Test
    void theTurnsOfAWorkerThatIsGoneAreForgotten() {
        firstSays = new PortError.HeldBack(Duration.ofMinutes(12), "others first");
        Worker worker = made();
        look(worker);
        now = now.plus(Duration.ofMinutes(5));
        WorkerLife life = SampleWorkers.records().read(worker);
        assertThat(surroundings.see(worker, life, null).heldFor()).isEqualTo(Duration.ofMinutes(5));

        surroundings.forget(worker);

        assertThat(surroundings.see(worker, life, null).heldFor()).isZero();
    }

    private record Blueprint(List<Offering> ladder) implements PoolBlueprint {
        @Override
        public String source() {
            return "ci/jenkins";
        }

        @Override
        public String templateHash() {
            return "hash";
        }

        @Override
        public AgentOrder agentOrder(String worker, MachineOwner owner) {
            return new AgentOrder(worker, List.of(), 1, true, "/", "", owner);
        }

        @Override
        public Outcome<MachineOrder> machineOrder(
                String worker, Offering offering, MachineOwner owner, AgentCredentials credentials) {
            return Outcome.done(new MachineOrder(worker, offering, owner, "", new MachineSettings() {}));
        }
    }

    private final class Enrolling extends QuietCi {
        Enrolling() {
            super(() -> Outcome.failed(new PortError.Transient("not read here")));
        }

        @Override
        public Outcome<AgentCredentials> enrol(AgentOrder order) {
            if (jenkinsSays.isPresent()) {
                return Outcome.failed(jenkinsSays.get());
            }
            return Outcome.done(new AgentCredentials(URI.create("https://jenkins.example"), order.name(), "secret"));
        }
    }

    /** The first account says what the test wants; the second takes all orders. */
    private final class Account extends QuietProvider {
        private final String name;

        Account(String name) {
            this.name = name;
        }

        @Override
        public Outcome<AcceptedMachine> create(MachineOrder order) {
            asked.add("create at " + name);
            return name.equals(FIRST.account())
                    ? Outcome.failed(firstSays)
                    : Outcome.done(new AcceptedMachine("/machines/" + order.name(), ""));
        }

        @Override
        public Outcome<MachineState> inspect(String machine) {
            asked.add("look at " + name);
            return Outcome.failed(firstSays);
        }
    }
}
