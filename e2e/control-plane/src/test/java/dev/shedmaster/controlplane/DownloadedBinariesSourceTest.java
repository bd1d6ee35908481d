package dev.shedmaster.controlplane;

import static dev.shedmaster.controlplane.Refusals.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.shedmaster.controlplane.ControlPlaneSource.Available;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DownloadedBinariesSourceTest {

    /** Long: a machine that is busy must not turn one answer into another. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final ControlPlane.Options options = ControlPlane.Options.defaults();

    @Test
    void whatIsNotReleasedIsNotLookedFor() {
        assertThat(refusal(options.withControllers(), nowhere())).contains("kube-controller-manager is not among");
        assertThat(refusal(options.withHelm(), nowhere())).contains("helm is wanted, not on the PATH");
    }

    @Test
    void aServerThatRefusesIsPassedOver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(refusal(
                            options, new ReleaseServer(url(server.getAddress().getPort()), PATIENCE)))
                    .isEqualTo("the release server 127.0.0.1 answers 403");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatIsNotThereIsPassedOver() {
        assertThat(refusal(options, nowhere())).startsWith("the release server 127.0.0.1 is out of reach (");
    }

    @Test
    @Timeout(60)
    void aServerThatSaysNothingCostsNoMoreThanOurPatience() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(refusal(options, new ReleaseServer(url(silent.getLocalPort()), Duration.ofMillis(300))))
                    .contains("out of reach")
                    .contains("TimeoutException");
        }
    }

    @Test
    void whatHasBeenDownloadedIsTakenWithoutAskingAgain() {
        Path release = folder.resolve("shedmaster/kube-api-test/k8s/1.37.0-" + Surroundings.platform());
        Binaries.REQUIRED.forEach(program -> Refusals.program(release, program, ""));
        assertThat(source(options, nowhere()).look()).isInstanceOf(Available.class);
    }

    private static ReleaseServer nowhere() {
        return new ReleaseServer(url(FreePort.any()), PATIENCE);
    }

    private static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port + "/index.yaml");
    }

    private DownloadedBinariesSource source(ControlPlane.Options wanted, ReleaseServer server) {
        Surroundings surroundings = new Surroundings(Map.of("XDG_CACHE_HOME", folder.toString()));
        return new DownloadedBinariesSource(surroundings, wanted, server);
    }

    private String refusal(ControlPlane.Options wanted, ReleaseServer server) {
        return reasonOf(source(wanted, server).look());
    }
}
