package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.AzureMachine;
import dev.shedmaster.api.v1alpha1.AzurePriority;
import dev.shedmaster.api.v1alpha1.JenkinsNode;
import dev.shedmaster.api.v1alpha1.NameReference;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerCi;
import dev.shedmaster.api.v1alpha1.WorkerPlacement;
import dev.shedmaster.api.v1alpha1.WorkerSpec;
import dev.shedmaster.api.v1alpha1.WorkerStatus;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.Held;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerRules;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.core.worker.Workload;
import dev.shedmaster.kube.pool.Blueprints;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Workers of a pool {@code ci/kvm}, on spot machines of {@code ci/azure}; a test changes of them what it is about. */
public final class SampleWorkers {
    public static final Instant BORN = Instant.parse("2026-11-24T21:00:31Z");
    public static final Offering SPOT =
            new Offering("spot", "ci/azure", "Standard_D8ds_v5", "Standard_D8ds_v5", "1", CapacityType.SPOT, 8, 0.2);

    private SampleWorkers() {}

    public static Worker named(String name) {
        return of("azure", name);
    }

    public static Worker of(String subscription, String name) {
        Worker worker = new Worker();
        worker.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ci")
                .withName(name)
                .withUid("uid-" + name)
                .withGeneration(1L)
                .withCreationTimestamp(BORN.toString())
                .build());
        worker.setSpec(new WorkerSpec(
                new NameReference("kvm"),
                new WorkerCi(new JenkinsNode(new NameReference("jenkins"), name)),
                new WorkerPlacement(
                        "spot",
                        new AzureMachine(
                                new NameReference(subscription), name, "Standard_D8ds_v5", "1", AzurePriority.SPOT),
                        null),
                "hash"));
        return worker;
    }

    /** Reads them without a table of sizes. */
    public static WorkerRecords records() {
        return records(pool -> Optional.empty());
    }

    /** Reads them, whatever is on the ladders of their pools. */
    public static WorkerRecords records(Blueprints blueprints) {
        return new WorkerRecords(
                (placement, account, size, zone, type) ->
                        new Offering(placement, account, size, size, zone, type, 8, 0.2),
                blueprints);
    }

    /** The status that tells this life after the worker's own, without any refusal. */
    public static WorkerStatus status(WorkerRecords records, Worker worker, WorkerLife life, @Nullable String trouble) {
        return records.write(
                worker,
                worker.getStatus(),
                life,
                WorkerRules.DEFAULT.deadline(life, Held.NOT),
                trouble == null ? null : new WorkerTrouble(WorkerReason.THROTTLED, trouble),
                List.of());
    }

    /** Busy with jobs that have no more than a name, all since then. */
    public static WorkerState.Busy busy(Instant since, String... jobs) {
        return new WorkerState.Busy(new Workload(Stream.of(jobs)
                .map(name -> new Workload.Running(new WorkerState.Job(name, name, ""), since))
                .toList()));
    }

    /** A life on such a machine. */
    public static WorkerLife life(WorkerState state, Instant since, @Nullable Instant awaySince) {
        return new WorkerLife(state, since, BORN, SPOT, "id", "", 0, awaySince);
    }
}
