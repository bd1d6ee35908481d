package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
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

    @Test
    void whileOthersWaitAnAcceptedMachineIsOnlyRemembered() {
        WorkerLife booting = life(new WorkerState.Booting());
        assertThat(owed.putOff(worker, booting, NOW)).isTrue();
        assertThat(owed.life(worker)).contains(booting);
        owed.written(worker);
        assertThat(owed.life(worker)).isEmpty();
    }

    @Test
    void whenNobodyWaitsItIsWrittenAtOnce() {
        othersWait = false;
        assertThat(owed.putOff(worker, life(new WorkerState.Booting()), NOW)).isFalse();
        assertThat(owed.life(worker)).isEmpty();
    }

    @Test
    void itDoesNotWaitForEver() {
        WorkerLife booting = life(new WorkerState.Booting());
        assertThat(owed.putOff(worker, booting, NOW)).isTrue();
        assertThat(owed.putOff(worker, booting, NOW.plus(OwedRecords.LONGEST).minusMillis(1)))
                .isTrue();
        assertThat(owed.putOff(worker, booting, NOW.plus(OwedRecords.LONGEST))).isFalse();
        assertThat(owed.life(worker)).as("until it is written").contains(booting);
    }

    @Test
    void whatOthersRelyOnIsNeverOwed() {
        assertThat(owed.putOff(worker, life(new WorkerState.Idle()), NOW)).isFalse();
        assertThat(owed.putOff(worker, life(new WorkerState.Deleting("idle")), NOW))
                .isFalse();
    }
}
