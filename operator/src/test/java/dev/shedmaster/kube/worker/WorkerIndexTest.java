package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.AzureMachine;
import dev.shedmaster.api.v1alpha1.AzurePriority;
import dev.shedmaster.api.v1alpha1.JenkinsNode;
import dev.shedmaster.api.v1alpha1.NameReference;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerCi;
import dev.shedmaster.api.v1alpha1.WorkerPlacement;
import dev.shedmaster.api.v1alpha1.WorkerSpec;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.kube.status.Informed;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

class WorkerIndexTest {
    private final Informed<Worker> workers = new Informed<>(Worker.class, woken -> {});
    private final WorkerIndex index = new WorkerIndex(
            workers.known(),
            new WorkerRecords((placement, account, size, zone, type) ->
                    new Offering(placement, account, size, size, zone, type, 8, 0.2)));

    @Test
    void accountsForTheWorkersOfEveryAccountBecauseTwoMayShareAGroup() {
        workers.put(worker("sm-kvm-aaaaaaaa", "azure"));
        workers.put(worker("sm-kvm-bbbbbbbb", "azure-before"));

        assertThat(index.accountedFor()).containsExactlyInAnyOrder("ci/sm-kvm-aaaaaaaa", "ci/sm-kvm-bbbbbbbb");
        assertThat(index.usesAccount("ci/azure")).isTrue();
        assertThat(index.usesAccount("ci/azure-later")).isFalse();
    }

    private static Worker worker(String name, String subscription) {
        Worker worker = new Worker();
        worker.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ci")
                .withName(name)
                .withCreationTimestamp("2026-11-24T21:00:31Z")
                .build());
        worker.setSpec(new WorkerSpec(
                new NameReference("kvm"),
                new WorkerCi(new JenkinsNode(new NameReference("jenkins"), name)),
                new WorkerPlacement(
                        "spot",
                        new AzureMachine(
                                new NameReference(subscription), name, "Standard_D8ds_v5", "1", AzurePriority.SPOT)),
                "hash"));
        return worker;
    }
}
