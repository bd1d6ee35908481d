package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.status.Informed;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerIndexTest {
    private final Informed<Worker> workers = new Informed<>(Worker.class, woken -> {});
    private boolean othersWait;
    private final OwedRecords owed = new OwedRecords(() -> othersWait);
    private final WorkerRecords records = SampleWorkers.records();
    private final WorkerIndex index = new WorkerIndex(workers.known(), owed);

    @Test
    void accountsForTheWorkersOfEveryAccountBecauseTwoMayShareAGroup() {
        workers.put(SampleWorkers.of("azure", "sm-kvm-aaaaaaaa"));
        workers.put(SampleWorkers.of("azure-before", "sm-kvm-bbbbbbbb"));

        assertThat(index.accountedFor()).containsExactlyInAnyOrder("ci/sm-kvm-aaaaaaaa", "ci/sm-kvm-bbbbbbbb");
        assertThat(index.usesAccount("ci/azure")).isTrue();
        assertThat(index.usesAccount("ci/azure-later")).isFalse();
    }

    private static WorkerLife life(WorkerState state, String operation) {
        return new WorkerLife(
                state, SampleWorkers.BORN, SampleWorkers.BORN, SampleWorkers.SPOT, "id", operation, 0, null);
    }

    private Worker recorded(String name, WorkerLife life) {
        Worker worker = SampleWorkers.named(name);
        worker.setStatus(SampleWorkers.status(records, worker, life, null));
        workers.put(worker);
        return worker;
    }

    @Test
    void followsTheOperationsOfThoseWhoseMachineIsBeingMade() {
        recorded("sm-a", life(new WorkerState.Booting(), "https://operation/a"));
        recorded("sm-b", life(new WorkerState.Idle(), "https://operation/b"));
        workers.put(SampleWorkers.named("sm-c"));

        assertThat(index.operations("ci/azure")).containsOnly(Map.entry("sm-a", "https://operation/a"));
        assertThat(index.operations("ci/other")).isEmpty();
    }

    @Test
    void followsAnOperationThatIsNotWrittenDownYet() {
        Worker justAccepted = SampleWorkers.named("sm-a");
        workers.put(justAccepted);
        Worker connected = recorded("sm-b", life(new WorkerState.Booting(), "https://operation/b"));
        othersWait = true;
        putOff(justAccepted, life(new WorkerState.Booting(), "https://operation/a"));
        putOff(connected, life(new WorkerState.Idle(), "https://operation/b"));

        assertThat(index.operations("ci/azure")).containsOnly(Map.entry("sm-a", "https://operation/a"));
    }

    private void putOff(Worker worker, WorkerLife life) {
        assertThat(owed.putOff(worker, life, SampleWorkers.status(records, worker, life, null), SampleWorkers.BORN))
                .isTrue();
    }
}
