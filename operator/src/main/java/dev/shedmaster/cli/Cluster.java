package dev.shedmaster.cli;

import dev.shedmaster.kube.LeanObjects;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.Dispatcher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster a command talks to, and what it serves there. */
final class Cluster {
    private static final String OWN_NAMESPACE_VARIABLE = "POD_NAMESPACE";
    private static final int RETRIES_FOR_A_PERSON = 1;

    /** What a tag's value and a word in a node's description can be, and a UID is; the chart's schema has the same. */
    private static final Pattern INSTALLATION = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");

    @Option(
            names = {"-n", "--namespaces", "--namespace"},
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

    /** By KUBECONFIG, else the usual file, else as a pod in the cluster. */
    static KubernetesClient connect() {
        return client(configured());
    }

    private static Config configured() {
        Kubeconfig.check(System.getenv(Kubeconfig.VARIABLE));
        return Config.autoConfigure(null);
    }

    /**
     * Asks the cluster something at once, for a person who waits: the operator tries for minutes what is not answered, here it
     * is told.
     */
    static <T> T ask(Function<KubernetesClient, T> question) {
        Config config = new ConfigBuilder(configured())
                .withRequestRetryBackoffLimit(RETRIES_FOR_A_PERSON)
                .build();
        try (KubernetesClient client = client(config)) {
            return question.apply(client);
        } catch (KubernetesClientException e) {
            throw ClusterTrouble.of(e, config.getMasterUrl());
        }
    }

    private static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new OnVirtualThreads())
                .withKubernetesSerialization(LeanObjects.serialization())
                .build();
    }

    /** A call and a watch hold a thread each as long as they last: threads that cost nothing. */
    private static final class OnVirtualThreads extends OkHttpClientFactory {
        @Override
        protected Dispatcher initDispatcher() {
            Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
            dispatcher.setMaxRequests(Integer.MAX_VALUE);
            dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
            return dispatcher;
        }
    }

    static String ownNamespace(KubernetesClient client, Map<String, String> environment) {
        String named = environment.get(OWN_NAMESPACE_VARIABLE);
        String namespace = named == null ? client.getNamespace() : named;
        return namespace == null ? "default" : namespace;
    }

    /** Which installation it is and how that is known: of another one's name nothing would be found. */
    String describe(String used, String ownNamespace) {
        return "installation " + used + ", which is "
                + (installation == null ? "the UID of namespace " + ownNamespace : "what --installation says");
    }

    String installation(KubernetesClient client, String ownNamespace) {
        if (installation != null) {
            return marking(installation);
        }
        Namespace namespace = find(client, ownNamespace);
        if (namespace == null) {
            throw new CommandProblem("there is no namespace " + ownNamespace
                    + ", whose UID marks this installation: set POD_NAMESPACE to the operator's namespace, or pass"
                    + " --installation");
        }
        return namespace.getMetadata().getUid();
    }

    private static String marking(String given) {
        if (!INSTALLATION.matcher(given).matches()) {
            throw CommandProblem.inArgument("--installation: must be 1 to 128 letters, digits, dots, dashes and"
                    + " underscores, with a letter or digit at both ends, is \"" + given
                    + "\": take what shedmaster-installation says on its machines, or leave it out");
        }
        return given;
    }

    private static @Nullable Namespace find(KubernetesClient client, String namespace) {
        try {
            return client.namespaces().withName(namespace).get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                throw new CommandProblem("namespace " + namespace + ", whose UID marks this installation, may not be"
                        + " read: ask for get on it, or pass --installation with its UID");
            }
            throw e;
        }
    }
}
