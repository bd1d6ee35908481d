package dev.shedmaster.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineSettings;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MachineLinkTest {
    private static final String NAME = "sm-kvm-abcdefgh";
    private static final MachineOrder ORDER = new MachineOrder(
            NAME,
            new Offering("main", "ci/azure", "Standard_D8ds_v5", "DDSv5", null, CapacityType.ON_DEMAND, 8, 0.5),
            new MachineOwner("installation", "ci/kvm", "ci/" + NAME, "uid"),
            "boot data",
            new MachineSettings() {});

    private Outcome<AcceptedMachine> answer = Outcome.done(new AcceptedMachine("/vm/1", ""));

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicInteger verifications = new AtomicInteger();
    private final Set<String> woken = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Map<String, MachineState> listed = Map.of();

    private final MachineLink link = new MachineLink(
            "ci/azure",
            new Provider(),
            Map::of,
            (before, now) -> Duration.ofMillis(1),
            () -> Instant.now().plus(ahead.get()),
            woken::addAll,
            (before, now) -> {});

    @AfterEach
    void close() {
        link.close();
    }

    /** Lists what the test says (null: does not answer), finds no single machine, and answers a request for one as the test says. */
    private final class Provider extends QuietProvider {
        @Override
        public Outcome<AcceptedMachine> create(MachineOrder order) {
            return answer;
        }

        @Override
        public Outcome<Map<String, MachineState>> observe(Map<String, String> followed) {
            readings.incrementAndGet();
            Map<String, MachineState> machines = listed;
            return machines == null ? Outcome.failed(new PortError.Transient("it is away")) : Outcome.done(machines);
        }

        @Override
        public Outcome<MachineState> inspect(String machine) {
            return Outcome.failed(new PortError.NotFound("there is none"));
        }

        @Override
        public Outcome<Nothing> delete(String machine) {
            return Outcome.done(Nothing.NOTHING);
        }

        @Override
        public Outcome<Nothing> verify() {
            verifications.incrementAndGet();
            return Outcome.done(Nothing.NOTHING);
        }
    }

    private void look() {
        assertThat(link.look(NAME)).isEqualTo(Outcome.done(Nothing.NOTHING));
    }

    @Test
    void aMachineThatWasLookedForAndNotFoundIsAbsent() {
        look();

        assertThat(link.sight(NAME)).isEqualTo(new MachineSight.Absent());
    }

    @Test
    void afterALostAnswerItIsNoLongerCertainThatThereIsNone() {
        look();
        answer = Outcome.failed(new PortError.Transient("the answer was lost"));

        assertThat(link.create(ORDER)).isEqualTo(answer);

        assertThat(link.sight(NAME)).isEqualTo(new MachineSight.Unknown());
    }

    @Test
    void anAcceptedMachineExistsBeforeAnyListShowsIt() {
        look();

        assertThat(link.create(ORDER)).isEqualTo(answer);

        assertThat(link.sight(NAME)).isEqualTo(new MachineSight.Starting());
    }

    @Test
    void aMachineThatCameAndWentBetweenTwoReadingsWakesItsWorker() {
        assertThat(link.create(ORDER)).isEqualTo(answer);

        link.start();

        await().until(() -> woken.contains(NAME));
        assertThat(link.sight(NAME)).isEqualTo(new MachineSight.Unlisted());
    }

    @Test
    void aReadingThatSaysWhatWasKnownWakesNobody() {
        assertThat(link.create(ORDER)).isEqualTo(answer);
        listed = Map.of(NAME, new MachineState(NAME, MachineState.Phase.CREATING, null, null, null));

        link.start();

        await().until(() -> readings.get() > 2);
        assertThat(woken).isEmpty();
    }

    @Test
    void machinesAreShownUntilTheReadingIsTooOld() {
        assertThat(link.machines()).as("before the first reading").isEmpty();
        Map<String, MachineState> shown =
                Map.of(NAME, new MachineState(NAME, MachineState.Phase.RUNNING, null, ORDER.owner(), null));
        listed = shown;

        link.start();

        await().until(() -> link.machines().equals(shown));
        listed = null;
        int before = readings.get();
        await().until(() -> readings.get() > before + 1);
        assertThat(link.machines()).isEqualTo(shown);
        ahead.set(MachineLink.TOO_OLD);
        assertThat(link.machines()).isEmpty();
    }

    @Test
    void aGoodVerificationHoldsForAWhile() {
        assertThat(link.verify()).isEqualTo(Outcome.done(Nothing.NOTHING));
        assertThat(link.verify()).isEqualTo(Outcome.done(Nothing.NOTHING));

        assertThat(verifications).hasValue(1);
    }

    @Test
    void afterAReadingThatFailedAGoodVerificationHoldsNoLonger() {
        assertThat(link.verify()).isEqualTo(Outcome.done(Nothing.NOTHING));
        listed = null;

        link.start();

        await().until(() -> readings.get() > 1);
        assertThat(link.verify()).isEqualTo(Outcome.done(Nothing.NOTHING));
        assertThat(verifications).hasValue(2);
    }

    @Test
    void aMachineThatIsBeingDeletedIsLeaving() {
        assertThat(link.delete(NAME)).isEqualTo(Outcome.done(Nothing.NOTHING));

        assertThat(link.sight(NAME)).isEqualTo(new MachineSight.Leaving());
    }
}
