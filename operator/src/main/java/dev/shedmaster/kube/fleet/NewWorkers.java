package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.Api;
import dev.shedmaster.api.v1alpha1.JenkinsBinding;
import dev.shedmaster.api.v1alpha1.JenkinsNode;
import dev.shedmaster.api.v1alpha1.NameReference;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerCi;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.api.v1alpha1.WorkerSpec;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.kube.pool.Blueprints;
import dev.shedmaster.kube.status.Finalizers;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.worker.WorkerRecords;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Writes down new workers: everything that has to be known after a crash is in the object before anything is asked for. */
final class NewWorkers {
    private final Blueprints blueprints;
    private final UnaryOperator<String> names;
    private final Consumer<String> unused;

    /**
     * Writes workers.
     *
     * @param names makes a machine's name from the pool's; never the same twice
     * @param unused is told of names that there will be no worker of
     */
    NewWorkers(Blueprints blueprints, UnaryOperator<String> names, Consumer<String> unused) {
        this.blueprints = blueprints;
        this.names = names;
        this.unused = unused;
    }

    /**
     * Writes a worker down.
     *
     * @param now when it was decided on, from which its deadlines are reckoned
     * @return nothing if the pool can have no workers now, though it could when it was planned for
     */
    Optional<Worker> write(WorkerPool pool, Offering offering, Instant now) {
        return blueprints.find(Names.of(pool)).map(blueprint -> write(pool, offering, blueprint.templateHash(), now));
    }

    /** The worker was not written down, and never will be. */
    void unmade(Worker worker) {
        unused.accept(worker.getMetadata().getName());
    }

    private Worker write(WorkerPool pool, Offering offering, String templateHash, Instant now) {
        String poolName = pool.getMetadata().getName();
        String name = names.apply(poolName);
        Worker worker = new Worker();
        worker.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(pool.getMetadata().getNamespace())
                .addToAnnotations(Api.REQUESTED_AT, now.toString())
                .addToLabels(Api.POOL_LABEL, poolName)
                .addToFinalizers(Finalizers.WORKER)
                .addToOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(pool.getApiVersion())
                        .withKind(pool.getKind())
                        .withName(poolName)
                        .withUid(pool.getMetadata().getUid())
                        .withController(true)
                        .build())
                .build());
        JenkinsBinding jenkins = pool.getSpec().ci().jenkins();
        worker.setSpec(new WorkerSpec(
                new NameReference(poolName),
                new WorkerCi(jenkins == null ? null : new JenkinsNode(jenkins.serverRef(), name)),
                WorkerRecords.placement(name, offering),
                templateHash));
        return worker;
    }
}
