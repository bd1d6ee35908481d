package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwedRecordsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private boolean othersWait = true;
    private final OwedRecords owed = new OwedRecords(() -> othersWait);
    private final Worker worker = worker();

    private static Worker worker() {
        Worker worker = new Worker();
        worker.setMetadata(
                new ObjectMetaBuilder().withName("sm-a").withNamespace("ci").build());
        return worker;
    }

    private static WorkerLife life(WorkerState state) {
        return new WorkerLife(
                state,
                NOW,
                NOW,
                new Offering("spot", "ci/azure", "Standard_D8ds_v5", "family", "1", CapacityType.SPOT, 8, 0.2),
                "id",
                "",
                0,
                null);
    }

    @Test
    void whileOthersWaitAnAcceptedMachineIsOnlyRemembered() {
        WorkerLife booting = life(new WorkerState.Booting());
        assertThat(owed.mayWait(worker, booting, NOW)).isTrue();
        assertThat(owed.life(worker)).contains(booting);
        owed.written(worker);
        assertThat(owed.life(worker)).isEmpty();
    }

    @Test
    void whenNobodyWaitsItIsWrittenAtOnce() {
        othersWait = false;
        assertThat(owed.mayWait(worker, life(new WorkerState.Booting()), NOW)).isFalse();
        assertThat(owed.life(worker)).isEmpty();
    }

    @Test
    void itDoesNotWaitForEver() {
        WorkerLife booting = life(new WorkerState.Booting());
        assertThat(owed.mayWait(worker, booting, NOW)).isTrue();
        assertThat(owed.mayWait(worker, booting, NOW.plus(OwedRecords.LONGEST).minusMillis(1)))
                .isTrue();
        assertThat(owed.mayWait(worker, booting, NOW.plus(OwedRecords.LONGEST))).isFalse();
        assertThat(owed.life(worker)).as("until it is written").contains(booting);
    }

    @Test
    void whatOthersRelyOnIsNeverOwed() {
        assertThat(owed.mayWait(worker, life(new WorkerState.Idle()), NOW)).isFalse();
        assertThat(owed.mayWait(worker, life(new WorkerState.Deleting("idle")), NOW))
                .isFalse();
    }
}
