package dev.shedmaster.kube.status;

import dev.shedmaster.api.v1alpha1.NameReference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** How objects are named beyond Kubernetes: {@code namespace/name}. */
public final class Names {

    private Names() {}

    public static String of(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    /** References stay within the namespace of the object that makes them. */
    public static String of(HasMetadata from, NameReference reference) {
        return from.getMetadata().getNamespace() + "/" + reference.name();
    }

    public static ResourceID id(String name) {
        int slash = name.indexOf('/');
        return new ResourceID(name.substring(slash + 1), name.substring(0, slash));
    }
}
