package dev.shedmaster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that `make run` starts, in a JVM of its own, and how that JVM ends. */
class ControlPlaneMainTest {

    @TempDir
    private Path folder;

    @Test
    void runsUntilItIsToldToEndAndLeavesNothing() throws IOException, InterruptedException {
        Path wanted = folder.resolve("deep/kubeconfig");
        Process main = start(wanted.toString());
        try (BufferedReader output = main.inputReader()) {
            assertThat(output.readLine()).isEqualTo(wanted.toString());
            List<ProcessHandle> servers = main.descendants().toList();
            assertThat(servers).hasSize(3);
            assertThat(new Kubectl(Builds.binaries().kubectl(), wanted).output("get", "--raw=/readyz"))
                    .isEqualTo("ok");

            main.destroy(); // SIGTERM

            assertThat(main.waitFor(Duration.ofSeconds(60))).isTrue();
            assertThat(servers).noneMatch(ProcessHandle::isAlive);
            assertThat(wanted).doesNotExist();
            assertThat(folder.resolve("tmp")).as("its temporary files").isEmptyDirectory();
        } finally {
            main.destroyForcibly();
        }
    }

    @Test
    void aBareOneIsEtcdAndTheApiServer() throws IOException, InterruptedException {
        Path wanted = folder.resolve("kubeconfig");
        Process main = start("--bare", wanted.toString());
        try (BufferedReader output = main.inputReader()) {
            assertThat(output.readLine()).isEqualTo(wanted.toString());
            assertThat(main.descendants()).hasSize(2);
            assertThat(new Kubectl(Builds.binaries().kubectl(), wanted).output("get", "--raw=/readyz"))
                    .isEqualTo("ok");
            main.destroy();
            assertThat(main.waitFor(Duration.ofSeconds(60))).isTrue();
        } finally {
            main.destroyForcibly();
        }
    }

    @Test
    void aJvmThatIsKilledTakesItsServersAlong() throws IOException {
        assumeTrue(
                new Surroundings(System.getenv()).program("setpriv").isPresent(),
                "without setpriv (util-linux) a JVM that is killed leaves its servers: a documented limit");
        Process main = start();
        try (BufferedReader output = main.inputReader()) {
            assertThat(output.readLine()).endsWith("/kubeconfig");
            List<ProcessHandle> servers = main.descendants().toList();
            assertThat(servers).hasSize(3);

            main.destroyForcibly(); // SIGKILL: no hook runs

            await().atMost(Duration.ofSeconds(60)).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            main.destroyForcibly();
        }
    }

    private Process start(String... arguments) throws IOException {
        Path temporary = folder.resolve("tmp");
        assertThat(temporary.toFile().mkdir()).isTrue();
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                ControlPlaneMain.class.getName()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        // Neither the developer's wishes nor their Docker engine: what is tested is the processes of this machine.
        builder.environment().keySet().removeAll(List.of("SHEDMASTER_CLUSTER", "JAVA_TOOL_OPTIONS"));
        builder.environment()
                .putAll(Map.of(
                        "DOCKER_HOST",
                        "unix:///nobody",
                        "KUBE_API_TEST_DIR",
                        Builds.testFolder().toString()));
        return builder.start();
    }
}
