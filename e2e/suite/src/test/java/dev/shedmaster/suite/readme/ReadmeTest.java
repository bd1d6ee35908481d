package dev.shedmaster.suite.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.lab.azure.identity.Account;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.suite.Program;
import dev.shedmaster.suite.world.Lab;
import dev.shedmaster.suite.world.OperatorProcess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types what README.md says, in its order, each command as it stands there, on a new API server. Three things are not as they
 * are at a user's: the fleet's ids and addresses are the lab's, which README.md says to put in; no node runs the operator's
 * pod, since no image is published and there is no node, so the packaged program runs as that pod would; and the commands that
 * build and test everything, this test too, are only looked at.
 */
@DisplayName("Every command in README.md works as it stands there")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final double SPEED = 25;
    private static final String NAMESPACE = "ci";
    private static final String FLEET = "examples/fleet.yaml";
    private static final String TOKEN_FILE = "token";

    /** The lab is none of Azure's clouds; who starts the operator may allow it. */
    private static final Map<String, String> LAB_ALLOWED = Map.of("SHEDMASTER_ALLOW_AZURE_ENDPOINTS", "127.0.0.1");

    /** How a command of README.md is tried. */
    private interface Way {
        void go(String command) throws IOException;
    }

    private final Map<String, Way> ways = new LinkedHashMap<>();
    private final String readme = read(Newcomer.REPOSITORY.resolve("README.md"));

    private @Nullable Path folder;
    private @Nullable ControlPlane controlPlane;
    private @Nullable KubernetesClient client;
    private @Nullable Lab lab;
    private @Nullable Newcomer newcomer;
    private @Nullable OperatorProcess operator;

    ReadmeTest() {
        ways.put("make run", this::isRunByOnceTest);
        ways.put("make test", this::isWhatCiRuns);
        ways.put("make build", this::hasPackagedTheProgram);
        ways.put("export JAVA_HOME=\"$(scripts/find-jdk.sh)\"", this::findsJava);
        ways.put("export PATH=\"$PWD/operator/target/dist/bin:$PATH\"", this::findsTheProgram);
        ways.put("shedmaster crds | kubectl apply --server-side -f -", this::installsTheCrds);
        ways.put(
                "helm install shedmaster charts/shedmaster --namespace ci --create-namespace"
                        + " --set workloadIdentity.enabled=true",
                this::installsTheOperator);
        ways.put("kubectl apply -n ci -f " + FLEET, this::makesAFleet);
        ways.put("kubectl get workerpools -n ci", this::showsPools);
        ways.put("kubectl get workers -n ci -o wide", this::showsWorkers);
        ways.put("kubectl describe jenkinsserver -n ci jenkins", this::describesTheServer);
        ways.put("shedmaster match 'amd64 && kvm'", this::findsThePool);
        ways.put(
                "kubectl create token shedmaster -n ci --audience api://AzureADTokenExchange >" + TOKEN_FILE,
                this::signsInAsTheOperator);
        ways.put(
                "AZURE_FEDERATED_TOKEN_FILE=" + TOKEN_FILE + " shedmaster gc --dry-run --operator-namespace ci",
                this::findsNothingLeft);
        ways.put("rm " + TOKEN_FILE, this::leavesNoToken);
    }

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        assumeTrue(
                Files.isExecutable(Newcomer.launcher()),
                "the operator is not packaged: mvn verify and make test do that, mvn test does not");
        controlPlane = ControlPlane.start(ControlPlane.Options.defaults().withHelm());
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(controlPlane.kubeconfig().toFile()))
                .build();
        lab = Lab.start(
                JenkinsOptions.swiftAmongOthers(), SPEED, options -> options.withPollInterval(Duration.ofSeconds(1)));
        newcomer = new Newcomer(temporary, controlPlane);
    }

    @AfterAll
    void end() {
        Stream.of(operator, lab, client, controlPlane).forEach(ReadmeTest::close);
    }

    private static void close(@Nullable AutoCloseable opened) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> command() {
        return ShellBlocks.commands(readme).stream()
                .map(command -> dynamicTest(command, () -> {
                    Way way = ways.get(command);
                    if (way == null) {
                        fail(
                                "README.md has a command that this test does not know, so nobody knows whether it works: say here"
                                        + " how it is tried: " + command);
                        return;
                    }
                    way.go(command);
                }));
    }

    @Test
    void noOtherCommandIsKnown() {
        assertThat(ShellBlocks.commands(readme)).containsAll(ways.keySet());
    }

    /** It shows a night until it is told to end: OnceTest runs its program. */
    private void isRunByOnceTest(String command) {
        assertThat(types("make --no-print-directory -n run").strip())
                .isEqualTo("exec scripts/run-main.sh e2e/suite dev.shedmaster.suite.run.RunMain");
    }

    /** It is what runs this test, in CI too. */
    private void isWhatCiRuns(String command) {
        assertThat(types("make --no-print-directory -n test")).isEqualTo("exec scripts/test.sh\n");
        assertThat(read(Newcomer.REPOSITORY.resolve(".ci/run"))).endsWith("exec make test </dev/null\n");
    }

    /** Maven is at it while this test runs; it makes the same of the same phase. */
    private void hasPackagedTheProgram(String command) {
        assertThat(types("make --no-print-directory -n build"))
                .contains("\nscripts/package.sh 'e2e/suite e2e/bench' -DskipTests\n");
        assertThat(read(Newcomer.REPOSITORY.resolve("scripts/package.sh")))
                .contains("\n\"$here/maven.sh\" -q package \"$@\"\n");
        assertThat(read(Newcomer.REPOSITORY.resolve("scripts/test.sh"))).contains("maven verify ");
        assertThat(ShellBlocks.comment(readme, command)).startsWith("operator/target/dist: bin/shedmaster ");
    }

    private void findsJava(String command) {
        there(newcomer).exports(command);
        assertThat(types("\"$JAVA_HOME/bin/java\" --version")).startsWith("openjdk 25");
    }

    private void findsTheProgram(String command) {
        assertThat(there(newcomer).types("shedmaster --version").mustFail()).contains("shedmaster");
        there(newcomer).exports(command);
        assertThat(types("shedmaster --version")).startsWith("shedmaster ");
    }

    private void installsTheCrds(String command) {
        assertThat(types(command).lines())
                .hasSize(6)
                .allMatch(line -> line.endsWith(".shedmaster.dev serverside-applied"));
        types("kubectl wait --for=condition=Established --timeout=30s crd/workerpools.shedmaster.dev"
                + " crd/workers.shedmaster.dev crd/jenkinsservers.shedmaster.dev crd/azuresubscriptions.shedmaster.dev"
                + " crd/hetzneraccounts.shedmaster.dev crd/baremetalhosts.shedmaster.dev");
    }

    /** No node pulls the image that the Deployment names, and none is published: the packaged program is what goes into it. */
    private void installsTheOperator(String command) throws IOException {
        assertThat(types(command)).contains("STATUS: deployed", "watches ci.");
        Container container = there(client)
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("shedmaster")
                .require()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        assertThat(container.getImage()).startsWith("shedmaster:");
        assertThat(container.getCommand()).isEmpty();
        assertThat(container.getArgs()).startsWith("run", "--namespaces=ci");
        Map<String, String> environment = new LinkedHashMap<>(LAB_ALLOWED);
        // What the pod's projected volume has.
        environment.put("AZURE_FEDERATED_TOKEN_FILE", azureToken().toString());
        operator = OperatorProcess.startPackaged(
                Newcomer.launcher(),
                there(controlPlane).kubeconfigFor(NAMESPACE, "shedmaster"),
                environment,
                NAMESPACE,
                List.of(),
                there(folder).resolve("operator.log"),
                container.getArgs().stream()
                        .skip(1)
                        .filter(argument -> !argument.startsWith("--http-port="))
                        .toList());
        await("the operator is ready")
                .atMost(PATIENCE)
                .until(() -> there(operator).isReady());
    }

    private Path azureToken() throws IOException {
        String token =
                types("kubectl create token shedmaster -n ci --audience api://AzureADTokenExchange --duration 24h");
        return Files.writeString(there(folder).resolve("azure-identity-token"), token);
    }

    /** "Put your ids, addresses and token in first." */
    private void makesAFleet(String command) throws IOException {
        Path fleet = there(newcomer).file(FLEET);
        Files.writeString(fleet, withTheLabsIds(Files.readString(fleet)));
        assertThat(types(command).lines())
                .containsExactly(
                        "secret/jenkins-token created",
                        "jenkinsserver.shedmaster.dev/jenkins created",
                        "azuresubscription.shedmaster.dev/azure created",
                        "workerpool.shedmaster.dev/amd64-kvm created");
    }

    private String withTheLabsIds(String fleet) {
        Lab here = there(lab);
        Account account = here.azure().options().account();
        String endpoints = "endpoints: {resourceManager: \"%s\", authority: \"%s\", instanceMetadata: \"%s\"}"
                .formatted(
                        here.azure().armUrl(),
                        here.azure().authorityUrl(),
                        here.azure().imdsUrl());
        String edited = fleet;
        for (Map.Entry<String, String> edit : Map.of(
                        "https://jenkins.example.org/",
                        here.jenkins().url().toString(),
                        "put-an-api-token-here",
                        JenkinsOptions.AUTOSCALER.token(),
                        "location: westeurope",
                        "location: westeurope\n  " + endpoints,
                        "clientId: 00000000-0000-0000-0000-000000000000",
                        "clientId: " + account.clientId(),
                        "tenantId: 00000000-0000-0000-0000-000000000000",
                        "tenantId: " + account.tenantId(),
                        "resourceGroups/ci-network/",
                        "resourceGroups/network/")
                .entrySet()) {
            assertThat(edited).contains(edit.getKey());
            edited = edited.replace(edit.getKey(), edit.getValue());
        }
        assertThat(edited)
                .contains("username: " + JenkinsOptions.AUTOSCALER.name())
                .contains("resourceGroup: " + Options.GROUP)
                .contains("subscriptionId: " + account.subscriptionId())
                .contains(Options.galleryImageId(account.subscriptionId()), Options.subnetId(account.subscriptionId()));
        return edited;
    }

    private void showsPools(String command) {
        await("the pool is ready")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(types(command).lines())
                        .hasSize(2)
                        .last()
                        .asString()
                        .matches("amd64-kvm +True .*"));
        String header = types(command).lines().findFirst().orElse("");
        assertThat(header.replaceAll(" +", " ")).isEqualTo("NAME " + ShellBlocks.comment(readme, command));
    }

    private void showsWorkers(String command) {
        there(lab).jenkins().enqueue(Batch.freestyle("packages", 1, "amd64 && kvm", Duration.ofSeconds(30)));
        await("its worker has the job")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(types(command)).contains("sm-amd64-kvm-", "packages #1"));
    }

    private void describesTheServer(String command) {
        assertThat(types(command)).contains("PermissionsSufficient", "DemandMatched", "Unmatched:");
    }

    private void findsThePool(String command) {
        assertThat(types(command)).containsPattern("yes +ci/amd64-kvm +ci/jenkins");
    }

    private void signsInAsTheOperator(String command) {
        assertThat(types(command)).isEmpty();
        assertThat(there(newcomer).file(TOKEN_FILE)).isNotEmptyFile();
    }

    private void findsNothingLeft(String command) {
        Program.Outcome outcome = there(newcomer).types(command, LAB_ALLOWED);
        String installation = there(client)
                .namespaces()
                .withName(NAMESPACE)
                .require()
                .getMetadata()
                .getUid();
        assertThat(outcome.mustSucceed()).contains(installation).endsWith("ci/azure: nothing is left behind\n");
    }

    private void leavesNoToken(String command) {
        types(command);
        assertThat(there(newcomer).file(TOKEN_FILE)).doesNotExist();
    }

    /** What it prints; it must succeed. */
    private String types(String command) {
        return there(newcomer).types(command).mustSucceed();
    }

    private static <T> T there(@Nullable T thing) {
        return thing == null ? fail("an earlier command of README.md has failed") : thing;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
