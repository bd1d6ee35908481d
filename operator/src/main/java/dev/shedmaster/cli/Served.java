package dev.shedmaster.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Arrays;
import java.util.List;

/** The objects of one kind that an installation serves. */
final class Served {

    private Served() {}

    static <T extends HasMetadata> List<T> list(KubernetesClient client, Class<T> kind, String[] namespaces) {
        return namespaces.length == 0
                ? client.resources(kind).inAnyNamespace().list().getItems()
                : Arrays.stream(namespaces)
                        .flatMap(namespace -> client.resources(kind).inNamespace(namespace).list().getItems().stream())
                        .toList();
    }
}
