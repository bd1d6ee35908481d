package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.status.EventRecorder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerJournalTest {
    private static final Instant NOW = SampleWorkers.BORN.plusSeconds(90);
    private static final WorkerState BUSY = SampleWorkers.busy(NOW, "build #1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KubernetesClient unused = new KubernetesClientBuilder().build();
    private final WorkerJournal journal = new WorkerJournal(
            new BootHistories(),
            new EventRecorder(unused, "test", InstantSource.fixed(NOW), task -> {}),
            meters,
            () -> {},
            InstantSource.fixed(NOW));

    @AfterEach
    void close() {
        unused.close();
    }

    @Test
    void howLongAStartTookIsRecordedOnceForAWorker() {
        goes(SampleWorkers.life(new WorkerState.Booting(), NOW, null), new WorkerState.Registering());
        assertThat(starts()).isZero();
        goes(SampleWorkers.life(new WorkerState.Registering(), NOW, null), new WorkerState.Idle());
        goes(SampleWorkers.life(new WorkerState.Idle(), NOW, null), BUSY);
        assertThat(starts()).isEqualTo(1);
    }

    @Test
    void oneThatWasAwayDoesNotStartAgain() {
        goes(SampleWorkers.life(new WorkerState.Registering(), NOW, NOW.minusSeconds(30)), new WorkerState.Idle());
        assertThat(starts()).isZero();
    }

    private void goes(WorkerLife from, WorkerState to) {
        journal.passed(SampleWorkers.named("sm-a"), from, SampleWorkers.life(to, NOW, from.awaySince()), List.of(to));
    }

    private long starts() {
        Timer timer = meters.find("shedmaster.worker.start").timer();
        return timer == null ? 0 : timer.count();
    }
}
