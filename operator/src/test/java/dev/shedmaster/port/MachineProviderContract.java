package dev.shedmaster.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.shedmaster.port.MachineState.Phase;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every provider of machines owes its callers. An adapter's test extends it and says how its world is moved. */
public abstract class MachineProviderContract {

    /** The provider under test; the same for the whole test. */
    protected abstract MachineProvider provider();

    /** An order that the provider's world can fill, for a worker of this name. */
    protected abstract MachineOrder order(String name, String workerUid);

    /** Lets enough time pass for what has been asked for to happen. */
    protected abstract void settle();

    /** The machine powers itself off. */
    protected abstract void powerOff(String machine);

    /** Somebody else's machine of that name appears, without any sign of ours. */
    protected abstract void strangersMachine(String name);

    /** How many machines there are, ours or not. */
    protected abstract int machines();

    /** How many resources there are that belong to no machine. */
    protected abstract int orphans();

    protected static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T>(PortError error) -> fail(error.toString());
        };
    }

    protected static PortError failed(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?>(PortError error)
                ? error
                : fail("expected a failure, got " + outcome);
    }

    private static final String FIRST = "sm-pool-aaaaaaaa";
    private static final String SECOND = "sm-pool-bbbbbbbb";

    @Test
    void aPlaceThatCanBeUsedIsFoundSo() {
        assertThat(done(provider().verify())).isEqualTo(Nothing.NOTHING);
        assertThat(done(provider().quotas())).isEqualTo(Nothing.NOTHING);
    }

    @Test
    void aMachineIsMadeRunsAndIsOurs() {
        MachineOrder order = order(FIRST, "uid-1");
        AcceptedMachine accepted = done(provider().create(order));
        MachineState before =
                done(provider().observe(Map.of(FIRST, accepted.operation()))).get(FIRST);
        assertThat(before).isNotNull();
        assertThat(before.phase()).isIn(Phase.CREATING, Phase.RUNNING);

        settle();
        MachineState after =
                done(provider().observe(Map.of(FIRST, accepted.operation()))).get(FIRST);
        assertThat(after).isNotNull();
        assertThat(after.phase()).isEqualTo(Phase.RUNNING);
        assertThat(after.failure()).isNull();
        assertThat(after.owner()).isEqualTo(order.owner());
        assertThat(after.createdAt()).isNotNull();
        assertThat(done(provider().inspect(FIRST))).isEqualTo(after);
    }

    @Test
    void theSameOrderTwiceIsOneMachine() {
        AcceptedMachine first = done(provider().create(order(FIRST, "uid-1")));
        AcceptedMachine second = done(provider().create(order(FIRST, "uid-1")));
        assertThat(second.id()).isEqualToIgnoringCase(first.id());
        settle();
        assertThat(done(provider().create(order(FIRST, "uid-1"))).id()).isEqualToIgnoringCase(first.id());
        assertThat(machines()).isEqualTo(1);
    }

    @Test
    void aNameThatAnotherWorkerHasIsRefused() {
        done(provider().create(order(FIRST, "uid-1")));
        assertThat(failed(provider().create(order(FIRST, "uid-2")))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(machines()).isEqualTo(1);
    }

    @Test
    void aStrangersMachineIsNeitherTakenNorTouched() {
        strangersMachine(FIRST);
        settle();
        assertThat(failed(provider().create(order(FIRST, "uid-1")))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(failed(provider().delete(FIRST))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(done(provider().observe(Map.of()))).isEmpty();
        assertThat(done(provider().leftovers(Set.of()))).isEmpty();
        settle();
        assertThat(machines()).isEqualTo(1);
    }

    @Test
    void aMachineThatNobodyAskedForIsNotFound() {
        assertThat(failed(provider().inspect(FIRST))).isInstanceOf(PortError.NotFound.class);
        assertThat(done(provider().observe(Map.of()))).isEmpty();
    }

    @Test
    void deletingEndsWithNothingAndMayBeRepeated() {
        done(provider().create(order(FIRST, "uid-1")));
        done(provider().create(order(SECOND, "uid-2")));
        settle();
        done(provider().delete(FIRST));
        done(provider().delete(FIRST));
        settle();
        assertThat(failed(provider().inspect(FIRST))).isInstanceOf(PortError.NotFound.class);
        assertThat(done(provider().observe(Map.of()))).containsOnlyKeys(SECOND);
        done(provider().delete(FIRST));
        assertThat(machines()).isEqualTo(1);
        assertThat(orphans()).isZero();
    }

    @Test
    void aMachineCanBeDeletedWhileItIsBeingMade() {
        AcceptedMachine accepted = done(provider().create(order(FIRST, "uid-1")));
        done(provider().delete(FIRST));
        settle();
        assertThat(done(provider().observe(Map.of(FIRST, accepted.operation()))))
                .doesNotContainKey(FIRST);
        assertThat(machines()).isZero();
        assertThat(orphans()).isZero();
    }

    @Test
    void deletingWhatIsNotThereIsDone() {
        assertThat(done(provider().delete(FIRST))).isEqualTo(Nothing.NOTHING);
    }

    @Test
    void aMachineThatPoweredItselfOffIsSeenToBeStopped() {
        done(provider().create(order(FIRST, "uid-1")));
        settle();
        powerOff(FIRST);
        settle();
        MachineState state = done(provider().observe(Map.of())).get(FIRST);
        assertThat(state).isNotNull();
        assertThat(state.phase()).isEqualTo(Phase.STOPPED);
        assertThat(done(provider().inspect(FIRST)).phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void whatNoWorkerAccountsForIsFoundAndCanBeCollected() {
        MachineOrder kept = order(FIRST, "uid-1");
        MachineOrder lost = order(SECOND, "uid-2");
        done(provider().create(kept));
        done(provider().create(lost));
        settle();
        Set<Leftover> leftovers = done(provider().leftovers(Set.of(kept.owner().worker())));
        assertThat(leftovers).singleElement().satisfies(leftover -> {
            assertThat(leftover.name()).isEqualTo(SECOND);
            assertThat(leftover.worker()).isEqualTo(lost.owner().worker());
        });
        for (Leftover leftover : leftovers) {
            done(provider().collect(leftover));
            done(provider().collect(leftover));
        }
        settle();
        assertThat(done(provider().leftovers(Set.of(kept.owner().worker())))).isEmpty();
        assertThat(machines()).isEqualTo(1);
        assertThat(orphans()).isZero();
    }

    @Test
    void whatIsNotOneOfItsOwnResourcesIsNotCollected() {
        strangersMachine(FIRST);
        settle();
        assertThat(failed(provider().collect(new Leftover("/elsewhere/" + FIRST, "machine", FIRST, "ns/" + FIRST))))
                .isInstanceOf(PortError.Invalid.class);
        assertThat(machines()).isEqualTo(1);
    }
}
