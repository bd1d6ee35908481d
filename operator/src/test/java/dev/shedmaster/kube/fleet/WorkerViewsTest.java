package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Api;
import dev.shedmaster.api.v1alpha1.AzureMachine;
import dev.shedmaster.api.v1alpha1.AzurePriority;
import dev.shedmaster.api.v1alpha1.JenkinsNode;
import dev.shedmaster.api.v1alpha1.NameReference;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerCi;
import dev.shedmaster.api.v1alpha1.WorkerPlacement;
import dev.shedmaster.api.v1alpha1.WorkerSpec;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.planning.Stage;
import dev.shedmaster.core.planning.WorkerView;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.kube.worker.WorkerRecords;
import dev.shedmaster.kube.worker.WorkerSurroundings;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerViewsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    @Test
    void aWorkerThatTheApiServerHasNotYetAnsweredAboutCountsAsRequested() {
        InstantSource clock = InstantSource.fixed(NOW);
        try (KubernetesClient unused = new KubernetesClientBuilder().build()) {
            WorkerViews views = new WorkerViews(
                    new WorkerRecords((placement, account, size, zone, type) ->
                            new Offering(placement, account, size, size, zone, type, 8, 0.2)),
                    new WorkerSurroundings(
                            "installation",
                            pool -> Optional.empty(),
                            new Connections<>(),
                            new Connections<>(),
                            new FleetMemory(clock, () -> {}),
                            clock),
                    new Retirement(unused));
            WorkerView view = views.view(justWritten(), NOW);
            assertThat(view.stage()).isEqualTo(Stage.REQUESTED);
            assertThat(view.createdAt()).isEqualTo(NOW);
        }
    }

    /** As it is before the API server gives it a UID. */
    private static Worker justWritten() {
        Worker worker = new Worker();
        worker.setMetadata(new ObjectMetaBuilder()
                .withName("sm-kvm-abcdefgh")
                .withNamespace("ci")
                .addToAnnotations(Api.REQUESTED_AT, NOW.toString())
                .build());
        worker.setSpec(new WorkerSpec(
                new NameReference("kvm"),
                new WorkerCi(new JenkinsNode(new NameReference("jenkins"), "sm-kvm-abcdefgh")),
                new WorkerPlacement(
                        "spot",
                        new AzureMachine(
                                new NameReference("azure"),
                                "sm-kvm-abcdefgh",
                                "Standard_D8ds_v5",
                                "1",
                                AzurePriority.SPOT)),
                "hash"));
        return worker;
    }
}
