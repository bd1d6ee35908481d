package dev.shedmaster.suite.chart;

import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.suite.Program;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A real API server with Helm and kubectl, one for all tests of the chart. */
final class Cluster implements AutoCloseable {

    private final ControlPlane controlPlane;
    private final KubernetesClient client;
    private final Path helmHome;
    private @Nullable AssertionError refused;

    private Cluster(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.client = clientOf(controlPlane.kubeconfig());
        this.helmHome = temporaryFolder();
    }

    private static Cluster start() {
        Cluster cluster = new Cluster(
                ControlPlane.start(ControlPlane.Options.defaults().withHelm().withControllers()));
        try {
            cluster.kubectl(
                    "apply", "--server-side", "-f", Chart.FOLDER.resolve("crds").toString());
        } catch (AssertionError e) {
            // Kept, so that one cluster is started and ended, not one for each test.
            cluster.refused = e;
        }
        return cluster;
    }

    private Cluster knowingTheCrds() {
        if (refused != null) {
            throw refused;
        }
        return this;
    }

    KubernetesClient client() {
        return client;
    }

    /** A client with the rights of a ServiceAccount and no more. */
    KubernetesClient clientAs(String namespace, String serviceAccount) {
        return clientOf(kubeconfigOf(namespace, serviceAccount));
    }

    Path kubeconfigOf(String namespace, String serviceAccount) {
        return controlPlane.kubeconfigFor(namespace, serviceAccount);
    }

    Chart chart() {
        return new Chart(helm());
    }

    /** Helm, which leaves the caller's own settings and caches alone. */
    Program helm() {
        return new Program(
                controlPlane.helm(),
                List.of("--kubeconfig", controlPlane.kubeconfig().toString()),
                Map.of(
                        "HELM_CACHE_HOME", helmHome.resolve("cache").toString(),
                        "HELM_CONFIG_HOME", helmHome.resolve("config").toString(),
                        "HELM_DATA_HOME", helmHome.resolve("data").toString()));
    }

    /** What kubectl prints; it must succeed. */
    String kubectl(String... arguments) {
        return kubectl().run(arguments).mustSucceed();
    }

    Program kubectl() {
        return new Program(controlPlane.kubectl(), List.of("--kubeconfig=" + controlPlane.kubeconfig()), Map.of());
    }

    /** The objects in a stream of YAML documents. */
    List<HasMetadata> objects(String manifests) {
        return client.load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    /** Makes a namespace, unless it is there. */
    String namespace(String name) {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
        return name;
    }

    void serviceAccount(String namespace, String name) {
        client.serviceAccounts()
                .inNamespace(namespace)
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** Applies manifests as a cautious person would: on the server's side, and no unknown or doubled field passes. */
    String apply(String manifests) {
        return kubectl()
                .runWith(manifests, List.of("apply", "--server-side", "--validate=strict", "-f", "-"))
                .mustSucceed();
    }

    @Override
    public void close() throws IOException {
        client.close();
        controlPlane.close();
        try (var files = Files.walk(helmHome)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static KubernetesClient clientOf(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("helm");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives it to test methods that ask for it, and ends it after the last test. */
    static final class Parameter implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Cluster.class;
        }

        @Override
        public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Cluster.class, type -> start(), Cluster.class)
                    .knowingTheCrds();
        }
    }
}
