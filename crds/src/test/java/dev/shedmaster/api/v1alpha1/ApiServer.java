package dev.shedmaster.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.controlplane.ControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A real API server that knows the committed CRDs, one for all tests of this module. */
final class ApiServer implements AutoCloseable {

    private final ControlPlane controlPlane;
    private final KubernetesClient client;
    private @Nullable AssertionError refused;

    private ApiServer(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(controlPlane.kubeconfig().toFile()))
                .build();
    }

    private static ApiServer start() {
        ApiServer server = new ApiServer(ControlPlane.start());
        try {
            server.kubectl("apply", "--server-side", "-f", GeneratedFiles.CRDS.toString());
            for (GeneratedCrd crd : GeneratedCrd.values()) {
                server.kubectl("wait", "--for=condition=Established", "--timeout=30s", "crd/" + crd.crdName());
            }
        } catch (AssertionError e) {
            // Kept, so that one server is started and ended, not one for each test.
            server.refused = e;
        }
        return server;
    }

    private ApiServer knowingTheCrds() {
        if (refused != null) {
            throw refused;
        }
        return this;
    }

    KubernetesClient client() {
        return client;
    }

    /** Makes a namespace for one test. */
    String namespace(String name) {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** What kubectl prints; it must succeed. */
    String kubectl(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(controlPlane.kubectl().toString(), "--kubeconfig=" + controlPlane.kubeconfig()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream output = process.getInputStream()) {
                String printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).as("%s: %s", command, printed).isZero();
                return printed;
            }
        } catch (IOException e) {
            throw new AssertionError("kubectl does not run: " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted during " + command, e);
        }
    }

    @Override
    public void close() {
        client.close();
        controlPlane.close();
    }

    /** Gives it to test methods that ask for it, and ends it after the last test. */
    static final class Parameter implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ApiServer.class;
        }

        @Override
        public ApiServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(ApiServer.class, type -> start(), ApiServer.class)
                    .knowingTheCrds();
        }
    }
}
