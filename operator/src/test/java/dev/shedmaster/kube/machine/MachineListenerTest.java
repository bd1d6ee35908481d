package dev.shedmaster.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.worker.Refusal;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.worker.OwedRecords;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.kube.worker.WorkerIndex;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an account's readings say about whether it serves us. */
class MachineListenerTest {
    private static final String ACCOUNT = SampleWorkers.SPOT.account();
    private static final PortError REFUSED = new PortError.Unauthorized("invalid_client");
    private static final PortError AWAY = new PortError.Transient("connection reset");

    private final InstantSource clock = InstantSource.fixed(SampleWorkers.BORN);
    private final FleetMemory memory = new FleetMemory(clock, () -> {});
    private MachineListener listener = listener();
    private Reading<Map<String, MachineState>> newest = new Reading<>(null, null, null);

    private MachineListener listener() {
        WorkerIndex index =
                new WorkerIndex(new Informed<>(Worker.class, woken -> {}).known(), new OwedRecords(() -> false));
        return new MachineListener(ACCOUNT, index, memory, () -> {});
    }

    private void reads(@Nullable PortError trouble) {
        Instant begunAt = trouble == null ? clock.instant() : newest.begunAt();
        Reading<Map<String, MachineState>> next =
                new Reading<>(trouble == null ? Map.of() : newest.value(), begunAt, trouble);
        listener.read(newest, next);
        newest = next;
    }

    private boolean isClosed() {
        return memory.current().closing(ACCOUNT, clock.instant()).isPresent();
    }

    @Test
    void aRefusedReadingClosesTheAccountAndOneThatWorksOpensIt() {
        reads(null);
        reads(REFUSED);
        assertThat(isClosed()).isTrue();

        reads(AWAY);
        assertThat(isClosed()).isTrue();

        reads(null);
        assertThat(isClosed()).isFalse();
    }

    @Test
    void anAccountThatIsAwayOrBusyIsNotClosed() {
        reads(AWAY);
        reads(new PortError.Throttled(Duration.ofMinutes(1), "429"));
        assertThat(isClosed()).isFalse();
    }

    /** It lacks the right to make machines, and may list them. */
    @Test
    void readingsThatGoOnDoNotOpenAnAccountThatRefusesOrders() {
        reads(null);
        memory.learn(new Refusal.Unauthorized("403"), SampleWorkers.SPOT, "t1");
        reads(null);
        assertThat(isClosed()).isTrue();
    }

    @Test
    void theFirstReadingWithOtherSettingsOpensTheAccount() {
        reads(null);
        memory.learn(new Refusal.Unauthorized("403"), SampleWorkers.SPOT, "t1");
        listener = listener();
        reads(null);
        assertThat(isClosed()).isFalse();
    }
}
