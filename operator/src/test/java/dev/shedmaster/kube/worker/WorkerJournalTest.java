package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.NameReference;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerCi;
import dev.shedmaster.api.v1alpha1.WorkerPlacement;
import dev.shedmaster.api.v1alpha1.WorkerSpec;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.status.EventRecorder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerJournalTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final WorkerState BUSY = new WorkerState.Busy(new WorkerState.Job("1", "build #1", ""));

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
        goes(life(new WorkerState.Booting(), null), new WorkerState.Registering());
        assertThat(starts()).isZero();
        goes(life(new WorkerState.Registering(), null), new WorkerState.Idle());
        goes(life(new WorkerState.Idle(), null), BUSY);
        assertThat(starts()).isEqualTo(1);
    }

    @Test
    void oneThatWasAwayDoesNotStartAgain() {
        goes(life(new WorkerState.Registering(), NOW.minusSeconds(30)), new WorkerState.Idle());
        assertThat(starts()).isZero();
    }

    private void goes(WorkerLife from, WorkerState to) {
        journal.passed(worker(), from, life(to, from.awaySince()), List.of(to));
    }

    private long starts() {
        Timer timer = meters.find("shedmaster.worker.start").timer();
        return timer == null ? 0 : timer.count();
    }

    private static WorkerLife life(WorkerState state, @Nullable Instant awaySince) {
        return new WorkerLife(
                state,
                NOW,
                NOW.minusSeconds(90),
                new Offering("spot", "ci/azure", "Standard_D8ds_v5", "family", "1", CapacityType.SPOT, 8, 0.2),
                "id",
                "",
                0,
                awaySince);
    }

    private static Worker worker() {
        Worker worker = new Worker();
        worker.setMetadata(
                new ObjectMetaBuilder().withName("sm-a").withNamespace("ci").build());
        worker.setSpec(new WorkerSpec(
                new NameReference("pool"), new WorkerCi(null), new WorkerPlacement("spot", null), "hash"));
        return worker;
    }
}
