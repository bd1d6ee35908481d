package dev.shedmaster.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The objects of one kind that an installation serves. */
final class Served {

    private Served() {}

    /** @throws CommandProblem if the cluster does not know the kind, or there is no such namespace */
    static <T extends HasMetadata> List<T> list(KubernetesClient client, Class<T> kind, String[] namespaces) {
        return namespaces.length == 0
                ? list(
                        kind,
                        () -> client.resources(kind).inAnyNamespace().list().getItems())
                : Arrays.stream(namespaces)
                        .flatMap(namespace -> in(client, kind, namespace).stream())
                        .toList();
    }

    private static <T extends HasMetadata> List<T> in(KubernetesClient client, Class<T> kind, String namespace) {
        List<T> items = list(
                kind, () -> client.resources(kind).inNamespace(namespace).list().getItems());
        if (items.isEmpty() && isMissing(client, namespace)) {
            throw CommandProblem.inArgument(
                    "--namespaces: there is no namespace \"" + namespace + "\": correct the name, or create it");
        }
        return items;
    }

    private static <T extends HasMetadata> List<T> list(Class<T> kind, Supplier<List<T>> objects) {
        try {
            return objects.get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                throw new CommandProblem("the cluster does not know " + HasMetadata.getFullResourceName(kind)
                        + ": install the CRDs with shedmaster crds | kubectl apply --server-side -f -");
            }
            throw e;
        }
    }

    /** An API server lists nothing in a namespace that is not there. Who may not see namespaces cannot be told. */
    private static boolean isMissing(KubernetesClient client, String namespace) {
        try {
            return client.namespaces().withName(namespace).get() == null;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return false;
            }
            throw e;
        }
    }
}
