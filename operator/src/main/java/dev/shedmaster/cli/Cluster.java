package dev.shedmaster.cli;

import dev.shedmaster.kube.LeanObjects;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster a command talks to, and what it serves there. */
final class Cluster {
    private static final String OWN_NAMESPACE_VARIABLE = "POD_NAMESPACE";
    private static final int CONNECTIONS_AT_ONCE = 256;

    @Option(
            names = "--namespaces",
            split = ",",
            description = "Namespaces whose objects are served, separated by commas. Default: all.")
    private String[] namespaces = {};

    @Option(
            names = "--installation",
            description =
                    "Marks what belongs to this installation in accounts that others may share. Default: the UID of"
                            + " the namespace that the operator runs in.")
    private @Nullable String installation;

    String[] namespaces() {
        return namespaces.clone();
    }

    /**
     * By KUBECONFIG, else the usual file, else as a pod in the cluster. Over HTTP/1.1: an API server allows 100 requests at a
     * time on one connection of HTTP/2, and the JDK's client opens no second one but fails what is beyond that.
     */
    static KubernetesClient connect() {
        Config config = new ConfigBuilder(Config.autoConfigure(null))
                .withMaxConcurrentRequests(CONNECTIONS_AT_ONCE)
                .withMaxConcurrentRequestsPerHost(CONNECTIONS_AT_ONCE)
                .withHttp2Disable(true)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(LeanObjects.serialization())
                .build();
    }

    static String ownNamespace(KubernetesClient client, Map<String, String> environment) {
        String named = environment.get(OWN_NAMESPACE_VARIABLE);
        String namespace = named == null ? client.getNamespace() : named;
        return namespace == null ? "default" : namespace;
    }

    /** Which installation it is and how that is known: of another one's name nothing would be found. */
    String describe(String used, String ownNamespace) {
        return "looking for what installation " + used + " made, which is "
                + (installation == null ? "the UID of namespace " + ownNamespace : "what --installation says");
    }

    String installation(KubernetesClient client, String ownNamespace) {
        if (installation != null) {
            return installation;
        }
        Namespace namespace = client.namespaces().withName(ownNamespace).get();
        if (namespace == null) {
            throw new CommandProblem("there is no namespace " + ownNamespace
                    + ", whose UID marks this installation: set POD_NAMESPACE to the operator's namespace, or pass"
                    + " --installation");
        }
        return namespace.getMetadata().getUid();
    }
}
