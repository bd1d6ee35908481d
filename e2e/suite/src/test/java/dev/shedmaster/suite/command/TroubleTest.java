package dev.shedmaster.suite.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.suite.Program;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.World;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What keeps gc and match from an answer is told in one line, with what to do")
@ExtendWith(Trials.class)
class TroubleTest {
    private static final List<List<String>> COMMANDS = List.of(List.of("match", "amd64"), List.of("gc", "--dry-run"));

    @TempDir
    private Path folder;

    @Test
    void noClusterIsThere() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        for (List<String> command : COMMANDS) {
            assertThat(only(1, Shedmaster.with(kubeconfig("https://127.0.0.1:" + port, "t")), command))
                    .isEqualTo("the API server https://127.0.0.1:" + port + "/ cannot be reached, the connection is"
                            + " refused: look whether the cluster runs, and whether KUBECONFIG names it");
        }
    }

    @Test
    void theKubeconfigDoesNotExist() {
        Path missing = folder.resolve("missing");
        List<List<String>> commands = new ArrayList<>(COMMANDS);
        commands.add(List.of("run"));
        for (List<String> command : commands) {
            assertThat(only(1, Shedmaster.with(missing), command))
                    .isEqualTo("KUBECONFIG names " + missing + ", and that file does not exist: set it to the"
                            + " kubeconfig of your cluster, or unset it to use ~/.kube/config");
        }
    }

    @Test
    void theNameOfTheClusterIsUnknown() throws IOException {
        for (List<String> command : COMMANDS) {
            assertThat(only(1, Shedmaster.with(kubeconfig("https://cluster.invalid:6443", "t")), command))
                    .startsWith(
                            "the API server https://cluster.invalid:6443/ cannot be reached, its name is unknown: ");
        }
    }

    @Test
    void theCredentialsAreNotAccepted(Trial trial) throws IOException {
        String server = trial.unserved().cluster().controlPlane().apiServerUrl().toString();
        for (List<String> command : COMMANDS) {
            assertThat(only(1, Shedmaster.with(kubeconfig(server, "nobodys-token")), command))
                    .startsWith("the API server " + server)
                    .contains("does not accept the credentials: sign in again");
        }
    }

    @Test
    void theCrdsAreNotInstalled() {
        try (ControlPlane bare = ControlPlane.start()) {
            Program shedmaster = Shedmaster.with(bare.kubeconfig());
            assertThat(only(1, shedmaster, List.of("match", "amd64")))
                    .isEqualTo("the cluster does not know workerpools.shedmaster.dev: install the CRDs with shedmaster"
                            + " crds | kubectl apply --server-side -f -");
            Program.Outcome gc = shedmaster.run("gc", "--dry-run", "--operator-namespace", "default");
            assertThat(gc.status()).as(gc.output()).isEqualTo(1);
            assertThat(gc.output().lines().toList())
                    .hasSize(2)
                    .last()
                    .isEqualTo("shedmaster: the cluster does not know azuresubscriptions.shedmaster.dev: install the"
                            + " CRDs with shedmaster crds | kubectl apply --server-side -f -");
        }
    }

    @Test
    void theNamespaceIsUnknown(Trial trial) {
        World world = trial.unserved();
        Program shedmaster = Shedmaster.with(world.cluster().controlPlane().kubeconfig());
        String nowhere = "--namespaces: there is no namespace \"nowhere\": correct the name, or create it";
        assertThat(only(2, shedmaster, List.of("match", "--namespaces", "nowhere", "amd64")))
                .isEqualTo(nowhere);
        assertThat(shedmaster
                        .run("gc", "--dry-run", "--operator-namespace", world.namespace(), "--namespaces", "nowhere")
                        .mustFail())
                .endsWith("shedmaster: " + nowhere + "\n");
        assertThat(only(1, shedmaster, List.of("gc", "--dry-run", "--operator-namespace", "nowhere")))
                .startsWith("there is no namespace nowhere, whose UID marks this installation: ");
    }

    @Test
    void theRightsAreMissing(Trial trial) {
        World world = trial.unserved();
        world.apply("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: nobody}\n");
        Program shedmaster = Shedmaster.with(
                world.cluster().actingAs(world.namespace(), "nobody"), Map.of("POD_NAMESPACE", world.namespace()));
        String user = "\"system:serviceaccount:" + world.namespace() + ":nobody\"";
        assertThat(only(1, shedmaster, List.of("match", "amd64")))
                .startsWith("workerpools.shedmaster.dev is forbidden: User " + user + " cannot list resource")
                .endsWith(": ask for that right, or name the namespaces that you may read with --namespaces");
        assertThat(only(1, shedmaster, List.of("match", "--namespaces", world.namespace(), "amd64")))
                .startsWith("workerpools.shedmaster.dev is forbidden: User " + user);
        assertThat(only(1, shedmaster, List.of("gc", "--dry-run")))
                .isEqualTo("namespace " + world.namespace() + ", whose UID marks this installation, may not be read:"
                        + " ask for get on it, or pass --installation with its UID");
        assertThat(shedmaster
                        .run("gc", "--dry-run", "--installation", "mine")
                        .mustFail()
                        .lines()
                        .toList())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("shedmaster: azuresubscriptions.shedmaster.dev is forbidden: User " + user);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "amd64 &&; character 9: found the end of the expression where a label, '!' or '(' is expected",
                "amd64 & kvm; character 7: '&' is not expected here",
                "(amd64; character 7: the parenthesis opened at character 1 is not closed",
                "amd64 kvm; character 7: found a label 'kvm' where an operator or the end is expected"
            })
    void anExpressionThatIsNone(String expression, String problem) throws IOException {
        Program shedmaster = Shedmaster.with(kubeconfig("https://127.0.0.1:1", "t"));
        assertThat(only(2, shedmaster, List.of("match", expression)))
                .isEqualTo("EXPRESSION \"" + expression + "\" is not a label expression: at " + problem);
    }

    @Test
    void anExpressionThatIsNoneAndLong() throws IOException {
        Program shedmaster = Shedmaster.with(kubeconfig("https://127.0.0.1:1", "t"));
        String label = "a".repeat(2_000);
        assertThat(only(2, shedmaster, List.of("match", label + " & " + label)))
                .isEqualTo("EXPRESSION \"…" + "a".repeat(59) + " & " + "a".repeat(58)
                        + "…\" is not a label expression: at character 2002: '&' is not expected here");
        assertThat(only(2, shedmaster, List.of("match", "amd64 " + label)))
                .isEqualTo("EXPRESSION \"amd64 " + "a".repeat(114) + "…\" is not a label expression: at character 7:"
                        + " found a label '" + "a".repeat(120) + "…' where an operator or the end is expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--http-port=65536; must be 0 to 65535, is 65536",
                "--http-port=-1; must be 0 to 65535, is -1",
                "--reconciliations=0; must be 1 to 10000, is 0",
                "--lease-name=X Y; must be a name as Kubernetes takes it"
            })
    void aSettingOfTheOperatorThatCannotBe(String option, String problem) throws IOException {
        Program shedmaster = Shedmaster.with(kubeconfig("https://127.0.0.1:1", "t"));
        assertThat(only(2, shedmaster, List.of("run", option)))
                .startsWith(option.substring(0, option.indexOf('=')) + ": " + problem);
    }

    @Test
    void anExpressionThatTheShellTookApart() throws IOException {
        Program.Outcome outcome =
                Shedmaster.with(kubeconfig("https://127.0.0.1:1", "t")).run("match", "amd64", "kvm");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.output()).startsWith("Unmatched argument at index 2: 'kvm'\n");
    }

    /** The one line that the command says, without the program's name before it. */
    private static String only(int status, Program shedmaster, List<String> command) {
        Program.Outcome outcome = shedmaster.runWith("", command);
        assertThat(outcome.status()).as("%s: %s", command, outcome.output()).isEqualTo(status);
        assertThat(outcome.output().lines())
                .as("%s: %s", command, outcome.output())
                .hasSize(1);
        assertThat(outcome.output()).startsWith("shedmaster: ");
        return outcome.output().strip().substring("shedmaster: ".length());
    }

    private Path kubeconfig(String server, String token) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: it
                clusters: [{name: it, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: it, user: {token: "%s"}}]
                contexts: [{name: it, context: {cluster: it, user: it, namespace: ci}}]
                """.formatted(server, token));
    }
}
