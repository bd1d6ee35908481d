package dev.shedmaster.kube;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Copies an object for whoever may change the copy: our specs and statuses are records that nobody can change, so only what
 * is around them is made anew. Writing JSON and reading it again would take most of a look at a worker.
 */
final class RecordCloner implements Cloner {
    private final KubernetesSerialization others;

    /** @param others copies objects of kinds that are not ours */
    RecordCloner(KubernetesSerialization others) {
        this.others = others;
    }

    @Override
    @SuppressWarnings("unchecked") // each copy is of the class of its original
    public <R extends HasMetadata> R clone(R object) {
        return switch (object) {
            case Worker worker -> (R) copy(worker, new Worker());
            case WorkerPool pool -> (R) copy(pool, new WorkerPool());
            case JenkinsServer server -> (R) copy(server, new JenkinsServer());
            case AzureSubscription subscription -> (R) copy(subscription, new AzureSubscription());
            case HetznerAccount account -> (R) copy(account, new HetznerAccount());
            default -> others.clone(object);
        };
    }

    private static <S, T, C extends CustomResource<S, T>> C copy(C object, C copy) {
        copy.setMetadata(new ObjectMetaBuilder(object.getMetadata()).build());
        copy.setSpec(object.getSpec());
        copy.setStatus(object.getStatus());
        return copy;
    }
}
