package dev.shedmaster.kube.status;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes statuses: one writer, one PUT under an optimistic lock. */
public final class StatusStore {
    /**
     * How often a write is tried against somebody who writes to the same object without pause, before the whole look is
     * repeated. An attempt takes milliseconds; a look may take calls to a provider.
     */
    private static final int ATTEMPTS = 8;

    private StatusStore() {}

    /**
     * Writes the object's status once. The cache knows the result before the next look at the object. That somebody else has
     * changed what no status rests on, as an annotation, is no obstacle.
     *
     * @return the object as it is then
     * @throws KubernetesClientException with code 409 if the object has changed since it was read: what the status says may
     *     rest on what is no longer so, so the whole look is to be repeated
     */
    public static <S, P extends CustomResource<?, S>> P write(P object, S status, Context<P> context) {
        S before = object.getStatus();
        for (int attempt = 1; ; attempt++) {
            try {
                return writeOnce(object, status, context);
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                P now = context.getClient().resource(object).get();
                if (!restsOnTheSame(object, before, now)) {
                    throw e;
                }
                object.getMetadata().setResourceVersion(now.getMetadata().getResourceVersion());
            }
        }
    }

    private static <S, P extends CustomResource<?, S>> P writeOnce(P object, S status, Context<P> context) {
        object.setStatus(status);
        P written = context.getClient().resource(object).updateStatus();
        context.eventSourceRetriever()
                .getControllerEventSource()
                .handleRecentResourceUpdate(ResourceID.fromResource(object), written, object);
        return written;
    }

    private static <S, P extends CustomResource<?, S>> boolean restsOnTheSame(
            P read, @Nullable S statusRead, @Nullable P now) {
        return now != null
                && Objects.equals(statusRead, now.getStatus())
                && Objects.equals(read.getMetadata().getUid(), now.getMetadata().getUid())
                && Objects.equals(
                        read.getMetadata().getGeneration(), now.getMetadata().getGeneration())
                && Objects.equals(
                        read.getMetadata().getDeletionTimestamp(),
                        now.getMetadata().getDeletionTimestamp());
    }

    /** As {@link #write}, unless the object's status says the same already. */
    public static <S, P extends CustomResource<?, S>> void writeIfChanged(P object, S status, Context<P> context) {
        if (!status.equals(object.getStatus())) {
            write(object, status, context);
        }
    }
}
