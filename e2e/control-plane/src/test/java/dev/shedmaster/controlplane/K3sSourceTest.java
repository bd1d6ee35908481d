package dev.shedmaster.controlplane;

import static dev.shedmaster.controlplane.Refusals.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.controlplane.ControlPlaneSource.Available;
import dev.shedmaster.controlplane.ControlPlaneSource.Refused;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class K3sSourceTest {

    private static final String IMAGE = "/rancher/k3s:v" + PinnedRelease.kubernetes() + "-k3s1/json";

    @TempDir
    private Path folder;

    private final ControlPlane.Options options = ControlPlane.Options.defaults();

    @Test
    void anEngineThatIsNamedAndNotThereIsPassedOver() {
        assertThat(refusal(Map.of("DOCKER_HOST", "unix://" + folder.resolve("nobody"))))
                .startsWith("the Docker engine at unix://" + folder.resolve("nobody") + " does not answer: ");
    }

    @Test
    void anEngineOverSshIsNotAsked() {
        assertThat(refusal(Map.of("DOCKER_HOST", "ssh://shed"))).contains("only unix:///SOCKET and tcp://HOST:PORT");
    }

    @Test
    void anEngineThatCannotPullIsPassedOver() {
        try (FakeDockerEngine engine = FakeDockerEngine.at(folder.resolve("docker.sock"))
                .answering("/_ping", 200, "OK")
                .answering("/images" + IMAGE, 404, "{\"message\":\"No such image\"}")
                .answering("/distribution" + IMAGE, 500, "{\"message\":\"dial tcp: no route\\nto host\"}")) {
            assertThat(refusal(Map.of("DOCKER_HOST", engine.url())))
                    .startsWith("the Docker engine cannot pull rancher/k3s:v")
                    .endsWith(": dial tcp: no route; to host");
        }
    }

    @Test
    void anEngineThatIsUnwellIsPassedOver() {
        try (FakeDockerEngine engine =
                FakeDockerEngine.at(folder.resolve("docker.sock")).answering("/_ping", 500, "starting up")) {
            assertThat(refusal(Map.of("DOCKER_HOST", engine.url()))).endsWith("answers 500: starting up");
        }
    }

    @Test
    @Timeout(60)
    void anEngineThatSaysNothingCostsNoMoreThanOurPatience() {
        try (FakeDockerEngine engine = FakeDockerEngine.at(folder.resolve("docker.sock"))) {
            DockerEngine silent =
                    new DockerEngine("here", UnixDomainSocketAddress.of(engine.socket()), Duration.ofMillis(100));
            assertThat(silent.shortcoming("any"))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("no answer to /_ping"));
        }
    }

    @Test
    void anEngineWithTheImageOrAWayToItIsEnough() {
        Refusals.program(folder, "kubectl", "exit 0");
        try (FakeDockerEngine engine = FakeDockerEngine.at(folder.resolve("docker.sock"))
                .answering("/_ping", 200, "OK")
                .answering("/images" + IMAGE, 200, "{}")) {
            assertThat(look(Map.of("DOCKER_HOST", engine.url(), "PATH", folder.toString())))
                    .isInstanceOf(Available.class);
            assertThat(refusal(Map.of("DOCKER_HOST", engine.url()))).isEqualTo("kubectl is not on the PATH");
        }
    }

    @Test
    void itIsNotOneToStopOrToPutOnAPort() {
        Surroundings none = new Surroundings(Map.of());
        assertThat(reasonOf(new K3sSource(none, options.withStoppableApiServer()).look()))
                .contains("may be stopped");
        assertThat(reasonOf(new K3sSource(none, options.withApiServerPort(20_443)).look()))
                .contains("port");
    }

    @Test
    void k3sStartsAndAServiceAccountCanLogIn() {
        K3sSource source = new K3sSource(new Surroundings(System.getenv()), options);
        switch (source.look()) {
            case Refused(var reason) -> {
                String lacking = "skipped: K3s cannot be started here: " + reason;
                System.err.println(lacking); // Surefire counts what is skipped and keeps the reason to its XML
                assumeTrue(false, lacking);
            }
            case Available(var opening) -> {
                try (ControlPlane k3s = opening.open()) {
                    Kubectl kubectl = new Kubectl(k3s.kubectl(), k3s.kubeconfig());
                    kubectl.output("create", "serviceaccount", "guest");
                    assertThat(new Kubectl(k3s.kubectl(), k3s.kubeconfigFor("default", "guest"))
                                    .output("auth", "whoami"))
                            .contains("system:serviceaccount:default:guest");
                }
            }
        }
    }

    private ControlPlaneSource.Offer look(Map<String, String> variables) {
        return new K3sSource(new Surroundings(variables), options).look();
    }

    private String refusal(Map<String, String> variables) {
        return reasonOf(look(variables));
    }
}
