package dev.shedmaster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a person sees when a server does not start. */
class StartFailureTest {

    private static final Pattern LOG = Pattern.compile("the end of (\\S+\\.log):");

    @Test
    void aServerThatEndsShowsTheEndOfItsLogAndWhereItIs() throws IOException {
        ControlPlaneFailure failure =
                failureOf(() -> Builds.start(options -> options.withApiServerFlags("--no-such-flag"))
                        .close());

        assertThat(failure).hasMessageContaining("kube-apiserver ended with status 1");
        assertThat(failure).hasMessageContaining("unknown flag: --no-such-flag");
        assertThat(logOf(failure)).as("it stays to be read").exists();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .as("etcd had started, and has ended")
                .isEmpty();
        remove(logOf(failure).resolveSibling("."));
    }

    @Test
    void aPortThatSomebodyHasIsNamed() throws IOException {
        int port = FreePort.any();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            ControlPlaneFailure failure =
                    failureOf(() -> Builds.start(options -> options.withApiServerPort(taken.getLocalPort()))
                            .close());
            assertThat(failure).hasMessageContaining("127.0.0.1:" + port + ": bind: address already in use");
            remove(logOf(failure).resolveSibling("."));
        }
    }

    private static ControlPlaneFailure failureOf(ThrowingCallable start) {
        var thrown = assertThatThrownBy(start).isInstanceOf(ControlPlaneFailure.class);
        return (ControlPlaneFailure) thrown.actual();
    }

    private static Path logOf(ControlPlaneFailure failure) {
        Matcher log = LOG.matcher(String.valueOf(failure.getMessage()));
        assertThat(log.find()).isTrue();
        return Path.of(log.group(1));
    }

    private static void remove(Path folder) throws IOException {
        try (var tree = Files.walk(folder.normalize())) {
            for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
