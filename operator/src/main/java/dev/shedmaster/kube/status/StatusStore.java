package dev.shedmaster.kube.status;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Writes statuses: one writer, one PUT under an optimistic lock. */
public final class StatusStore {
    private StatusStore() {}

    /**
     * Writes the object's status once. The cache knows the result before the next look at the object.
     *
     * @return the object as it is then
     * @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 if the object has changed since it was
     *     read: what the status says may rest on what is no longer so, so the whole look is to be repeated
     */
    public static <S, P extends CustomResource<?, S>> P write(P object, S status, Context<P> context) {
        object.setStatus(status);
        P written = context.getClient().resource(object).updateStatus();
        context.eventSourceRetriever()
                .getControllerEventSource()
                .handleRecentResourceUpdate(ResourceID.fromResource(object), written, object);
        return written;
    }

    /** As {@link #write}, unless the object's status says the same already. */
    public static <S, P extends CustomResource<?, S>> void writeIfChanged(P object, S status, Context<P> context) {
        if (!status.equals(object.getStatus())) {
            write(object, status, context);
        }
    }
}
