package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.kube.status.Informed;
import org.junit.jupiter.api.Test;

class WorkerIndexTest {
    private final Informed<Worker> workers = new Informed<>(Worker.class, woken -> {});
    private final WorkerIndex index = new WorkerIndex(workers.known(), SampleWorkers.records());

    @Test
    void accountsForTheWorkersOfEveryAccountBecauseTwoMayShareAGroup() {
        workers.put(SampleWorkers.of("azure", "sm-kvm-aaaaaaaa"));
        workers.put(SampleWorkers.of("azure-before", "sm-kvm-bbbbbbbb"));

        assertThat(index.accountedFor()).containsExactlyInAnyOrder("ci/sm-kvm-aaaaaaaa", "ci/sm-kvm-bbbbbbbb");
        assertThat(index.usesAccount("ci/azure")).isTrue();
        assertThat(index.usesAccount("ci/azure-later")).isFalse();
    }
}
