package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.shedmaster.api.v1alpha1.Refusal;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.core.planning.BootHistory;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a worker asks for its machine when its first account does not serve it. */
class AccountChoiceTest extends SearchTrial {
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
        assertThat(meters.get("shedmaster.worker.overdue").counters())
                .as("from none on, so that the first is seen to be one more")
                .hasSize(8)
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
    }

    @Test
    void theTurnsOfAWorkerThatIsGoneAreForgotten() {
        firstSays = new PortError.HeldBack(Duration.ofMinutes(12), "others first");
        Worker worker = made();
        look(worker);
        now = now.plus(Duration.ofMinutes(5));
        WorkerLife life = SampleWorkers.records().read(worker);
        assertThat(surroundings.see(worker, life, null).held().byUs()).isEqualTo(Duration.ofMinutes(5));

        surroundings.forget(worker);

        assertThat(surroundings.see(worker, life, null).held().byUs()).isZero();
    }
}
