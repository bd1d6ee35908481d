package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.api.v1alpha1.WorkerStatus;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwedRecordsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private boolean othersWait = true;
    private final OwedRecords owed = new OwedRecords(() -> othersWait);
    private final Worker worker = SampleWorkers.named("sm-a");

    private static WorkerLife life(WorkerState state) {
        return SampleWorkers.life(state, NOW, null);
    }

    private boolean putOff(WorkerLife life, Instant now) {
        return owed.putOff(worker, life, SampleWorkers.status(SampleWorkers.records(), worker, life, null), now);
    }

    @Test
    void whileOthersWaitWhatAWorkerDoesIsOnlyRemembered() {
        WorkerLife booting = life(new WorkerState.Booting());
        assertThat(putOff(booting, NOW)).isTrue();
        assertThat(owed.life("ci/sm-a")).contains(booting);
        WorkerLife busy = life(SampleWorkers.busy(NOW, "kola"));
        assertThat(putOff(busy, NOW)).isTrue();
        assertThat(owed.life("ci/sm-a")).contains(busy);
        assertThat(owed.status(worker)).extracting(WorkerStatus::phase).isEqualTo(WorkerPhase.BUSY);
        owed.written(worker);
        assertThat(owed.life("ci/sm-a")).isEmpty();
        assertThat(owed.status(worker)).isNull();
    }

    @Test
    void whenNobodyWaitsItIsWrittenAtOnce() {
        othersWait = false;
        assertThat(putOff(life(new WorkerState.Booting()), NOW)).isFalse();
        assertThat(owed.life("ci/sm-a")).isEmpty();
    }

    @Test
    void itDoesNotWaitForEverHoweverMuchHappensMeanwhile() {
        WorkerLife booting = life(new WorkerState.Booting());
        WorkerLife idle = life(new WorkerState.Idle());
        assertThat(putOff(booting, NOW)).isTrue();
        assertThat(putOff(idle, NOW.plus(OwedRecords.LONGEST).minusMillis(1))).isTrue();
        assertThat(putOff(idle, NOW.plus(OwedRecords.LONGEST))).isFalse();
        assertThat(owed.life("ci/sm-a")).as("until it is written").contains(idle);
    }

    @Test
    void whatOthersRelyOnIsNeverOwed() {
        assertThat(putOff(life(new WorkerState.Creating()), NOW)).isFalse();
        assertThat(putOff(life(new WorkerState.Deleting("idle")), NOW)).isFalse();
    }

    @Test
    void howManyJobsHaveEndedIsNeverOwed() {
        WorkerLife idle = life(new WorkerState.Idle());
        WorkerLife afterAJob = new WorkerLife(
                idle.state(), NOW, idle.bornAt(), idle.offering(), idle.machineId(), idle.operation(), 1, null);
        assertThat(putOff(afterAJob, NOW)).isFalse();
    }
}
