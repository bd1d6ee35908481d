package dev.shedmaster.controlplane;

import static dev.shedmaster.controlplane.Refusals.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentClusterSourceTest {

    @TempDir
    private Path folder;

    private final ControlPlane.Options options = ControlPlane.Options.defaults();

    @Test
    void aKubeconfigAloneIsNoWish() {
        assertThat(refusal(options, Map.of("KUBECONFIG", "/somewhere")))
                .isEqualTo("SHEDMASTER_CLUSTER=current is not set");
    }

    @Test
    void anotherWishIsNotUnderstood() {
        assertThat(refusal(options, Map.of("SHEDMASTER_CLUSTER", "mine", "KUBECONFIG", "/somewhere")))
                .isEqualTo("SHEDMASTER_CLUSTER is 'mine', and only 'current' has a meaning");
    }

    @Test
    void theWishMustNameACluster() {
        assertThat(refusal(options, Map.of("SHEDMASTER_CLUSTER", "current")))
                .isEqualTo("SHEDMASTER_CLUSTER=current needs KUBECONFIG to name the cluster");
    }

    @Test
    void itIsNeverOneToStopOrToChange() {
        assertThat(refusal(options.withStoppableApiServer(), wish(""))).contains("may be stopped");
        assertThat(refusal(options.withApiServerFlags("--event-ttl=1m"), wish("")))
                .contains("flags");
        assertThat(refusal(options.withApiServerPort(20_443), wish(""))).contains("port");
    }

    @Test
    void itNeedsKubectlAndHelmOfTheUsers() {
        assertThat(refusal(options, wish(""))).isEqualTo("kubectl is not on the PATH");
        assertThat(refusal(options.withHelm(), wish(""))).isEqualTo("helm is wanted and not on the PATH");
    }

    @Test
    void aClusterThatDoesNotAnswerIsPassedOver() {
        Refusals.program(folder, "kubectl", "echo 'Unable to connect' >&2; echo 'no route' >&2; exit 1");
        assertThat(refusal(options, wish(folder.toString())))
                .isEqualTo("it does not answer: Unable to connect; no route");
    }

    @Test
    void givesANamespaceOfItsOwnAndTakesItAway() {
        try (ControlPlane cluster = Builds.start(ControlPlane.Options::withControllers)) {
            Kubectl administrator = new Kubectl(cluster.kubectl(), cluster.kubeconfig());
            Map<String, String> variables =
                    new HashMap<>(wish(cluster.kubectl().getParent() + File.pathSeparator + System.getenv("PATH")));
            variables.put("KUBECONFIG", cluster.kubeconfig().toString());

            String namespace;
            CurrentClusterSource source = new CurrentClusterSource(new Surroundings(variables), options);
            try (ControlPlane current = new SourceChain(List.of(source), options.log()).open()) {
                namespace = current.namespace();
                assertThat(namespace).startsWith("shedmaster-");
                assertThat(current.apiServerUrl()).isEqualTo(cluster.apiServerUrl());
                assertThat(current.metrics()).contains("apiserver_request_total");

                Kubectl user = new Kubectl(current.kubectl(), current.kubeconfig());
                user.output("create", "serviceaccount", "guest");
                Kubectl guest = new Kubectl(current.kubectl(), current.kubeconfigFor(namespace, "guest"));
                assertThat(guest.output("auth", "whoami")).contains("system:serviceaccount:" + namespace + ":guest");

                assertThat(current.ownsApiServer()).isFalse();
                assertThatThrownBy(current::restartApiServer).isInstanceOf(UnsupportedOperationException.class);
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(administrator
                                    .run("get", "namespace", namespace)
                                    .errors())
                            .contains("NotFound"));
            assertThat(administrator.output("config", "view", "--output=jsonpath={.contexts[0].context.namespace}"))
                    .as("the user's own kubeconfig is left alone")
                    .isEqualTo("default");
        }
    }

    private static Map<String, String> wish(String path) {
        return Map.of("SHEDMASTER_CLUSTER", "current", "KUBECONFIG", "/somewhere", "PATH", path);
    }

    private static String refusal(ControlPlane.Options options, Map<String, String> variables) {
        return reasonOf(new CurrentClusterSource(new Surroundings(variables), options).look());
    }
}
