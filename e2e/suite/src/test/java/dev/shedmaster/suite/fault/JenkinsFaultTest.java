package dev.shedmaster.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.fault.Fault;
import dev.shedmaster.lab.jenkins.fault.Faults;
import dev.shedmaster.lab.jenkins.fault.Latency;
import dev.shedmaster.lab.jenkins.fault.Scope;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Jenkins fails in every way that it knows, and no job and no machine is lost by it. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class JenkinsFaultTest {

    static Stream<Named<List<Fault>>> outages() {
        return Stream.of(
                Named.of("500", List.of(new Fault.Status(500))),
                Named.of("404 of something in its place", List.of(new Fault.Status(HttpURLConnection.HTTP_NOT_FOUND))),
                Named.of("a login page instead of JSON", List.of(new Fault.Html())),
                Named.of(
                        "answers that are slow or get lost",
                        List.of(
                                new Fault.Slow(new Latency.Uniform(Duration.ofSeconds(1), Duration.ofSeconds(3))),
                                new Fault.Reset(true))),
                Named.of("no answer", List.of(new Fault.Reset(false))));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void anOutageEndsNothingAndIsToldAndHeals(List<Fault> outage, Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        Faults faults = world.lab().jenkins().faults();
        world.lab().jenkins().enqueue(Batch.freestyle("before", 1, "amd64", Duration.ofSeconds(30)));
        fleet.awaitClosed(awaitStep(world));

        outage.forEach(fault -> Stream.of("/queue/", "/computer/", "/api/", "/whoAmI/", "/me/")
                .forEach(path -> faults.inject(fault, Scope.under(path))));
        world.lab().jenkins().enqueue(Batch.freestyle("meanwhile", 1, "amd64", Duration.ofSeconds(1)));
        fleet.awaitServer(status ->
                assertThat(Fleet.condition(status.conditions(), "Ready")).startsWith("FALSE"));
        faults.clear();

        fleet.awaitServer(status ->
                assertThat(Fleet.condition(status.conditions(), "Ready")).startsWith("TRUE"));
        Builds.of(world, "before").awaitSuccess(1);
        Builds.of(world, "meanwhile").awaitSuccess(1);
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).hasSize(2);
    }

    @Test
    void aTokenThatIsRefusedIsNotTriedOnAndANewOneHealsIt(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        setToken(world, "11" + "0".repeat(32));
        fleet.awaitServer(status -> {
            assertThat(Fleet.condition(status.conditions(), "CredentialsValid")).startsWith("FALSE: Refused");
            assertThat(Fleet.condition(status.conditions(), "Ready")).contains("shedmaster");
        });
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        setToken(world, JenkinsOptions.AUTOSCALER.token());
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitServer(status -> assertThat(Fleet.condition(status.conditions(), "CredentialsValid"))
                .startsWith("TRUE"));
    }

    @Test
    void aTokenThatWasRefusedByMistakeIsTriedAgainWhenItsSecretIsTouched(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        fleet.awaitReady("pool");
        Faults faults = world.lab().jenkins().faults();
        faults.inject(new Fault.Status(HttpURLConnection.HTTP_UNAUTHORIZED), Scope.everything());
        fleet.awaitServer(status -> assertThat(Fleet.condition(status.conditions(), "CredentialsValid"))
                .startsWith("FALSE: Refused")
                .contains("touch the Secret"));
        faults.clear();
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        world.all(Secret.class).withName("jenkins-token").edit(secret -> {
            secret.getMetadata().setAnnotations(Map.of("tried-again", "now"));
            return secret;
        });
        Builds.of(world, "build").awaitSuccess(1);
    }

    private static void setToken(World world, String token) {
        world.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: jenkins-token}
                stringData: {username: %s, token: "%s"}
                """.formatted(JenkinsOptions.AUTOSCALER.name(), token));
    }

    @Test
    void aPermissionThatIsMissingIsNamedAndGrantingItHeals(Trial trial) {
        World world = trial.served();
        Faults faults = world.lab().jenkins().faults();
        faults.inject(
                new Fault.PermissionRemoved(JenkinsOptions.AUTOSCALER.name(), Permission.AGENT_CREATE),
                Scope.everything());
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        fleet.awaitServer(status -> assertThat(Fleet.condition(status.conditions(), "PermissionsSufficient"))
                .startsWith("FALSE: Missing")
                .contains("Agent/Create"));
        fleet.awaitPool(
                "pool",
                status -> assertThat(status.waiting())
                        .isNotEmpty()
                        .allSatisfy(job -> assertThat(job.why()).contains("does not permit us Agent/Create")));
        assertThat(world.workers()).isEmpty();
        faults.clear();
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitServer(status -> assertThat(Fleet.condition(status.conditions(), "PermissionsSufficient"))
                .startsWith("TRUE"));
    }

    static Stream<Arguments> refusalsToRegister() {
        return Stream.of(
                Arguments.of(Named.of("an error", new Fault.Status(HttpURLConnection.HTTP_INTERNAL_ERROR)), "HTTP 500"),
                Arguments.of(
                        Named.of(
                                "no answer",
                                new Fault.Slow(new Latency.Uniform(Duration.ofMinutes(10), Duration.ofMinutes(10)))),
                        "timeout"));
    }

    @ParameterizedTest
    @MethodSource("refusalsToRegister")
    void aJenkinsThatIsReadAndRegistersNobodyIsAskedForOneWorkerUntilItDoes(Fault fault, String said, Trial trial) {
        World world = trial.served();
        Fleet fleet =
                Fleet.of(world).connected().with(PoolText.named("pool").lifecycle("maxJobs: 1, createTimeout: 5s"));
        fleet.awaitReady("pool");
        Faults faults = world.lab().jenkins().faults();
        faults.inject(fault, Scope.under("/computer/doCreateItem"));
        Builds builds = Builds.enqueuedUntilAborted(world, "build", 3);
        fleet.awaitIn(WorkerPhase.REQUESTED, 3);
        fleet.awaitPool("pool", status -> {
            assertThat(fleet.workersIn(WorkerPhase.REQUESTED)).hasSize(1);
            assertThat(world.workers()).as("the others are gone").hasSize(1);
            assertThat(status.reason()).contains("1 worker of pool", "is late", said);
            assertThat(status.failed()).isZero();
        });
        assertThat(fleet.lives()).isEmpty();

        faults.clear();
        builds.awaitRunning(3);
        builds.abort();
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).hasSize(3);
    }

    @Test
    void twoObjectsForOneJenkinsNameEachOther(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected();
        fleet.awaitServer(status ->
                assertThat(Fleet.condition(status.conditions(), "Unique")).startsWith("TRUE: NoOther"));

        world.apply(Manifests.jenkins(world.lab()).replace("metadata: {name: jenkins}", "metadata: {name: twin}"));

        fleet.awaitServer(status ->
                assertThat(status.reason()).startsWith("the same Jenkins is " + world.namespace() + "/twin:"));
        world.all(JenkinsServer.class).withName("twin").delete();
        fleet.awaitServer(status ->
                assertThat(Fleet.condition(status.conditions(), "Unique")).startsWith("TRUE: NoOther"));
        assertThat(world.lab().jenkins().controller().nodes().all().toString())
                .as("what serves both stays")
                .contains("shedmaster-anchor");
    }

    @Test
    void aRestartOfJenkinsLosesNeitherQueueNorMachine(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool").lifecycle("maxJobs: 1"));
        world.lab().jenkins().enqueue(Batch.pipeline("running", 1, "amd64", Duration.ofSeconds(40)));
        fleet.awaitClosed(awaitStep(world));
        world.lab().jenkins().enqueue(Batch.freestyle("queued", 1, "amd64", Duration.ofSeconds(1)));
        world.lab().jenkins().faults().inject(new Fault.Restart(Duration.ofSeconds(6)), Scope.everything());
        Builds.of(world, "running").awaitSuccess(1);
        Builds.of(world, "queued").awaitSuccess(1);
        assertThat(fleet.lives()).hasSize(2);
        fleet.awaitNoWorkers();
    }

    @Test
    void anAgentThatDropsInABuildComesBackAndEndsIt(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        world.lab().jenkins().enqueue(Batch.pipeline("build", 1, "amd64", Duration.ofSeconds(10)));
        String node = awaitStep(world);
        world.lab().jenkins().faults().inject(new Fault.AgentDisconnected(node), Scope.everything());
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).hasSize(1);
    }

    /** The node on which a job runs, once one does. */
    private static String awaitStep(World world) {
        await("a job runs").atMost(Trial.PATIENCE).until(() -> busyNode(world).isPresent());
        return busyNode(world).orElseThrow();
    }

    private static java.util.Optional<String> busyNode(World world) {
        return world.lab().jenkins().controller().nodes().all().computers().stream()
                .filter(computer -> !computer.builtIn() && !computer.idle())
                .map(computer -> computer.name())
                .findFirst();
    }

    @Test
    void aNodeThatSomebodyDeletesTakesItsMachineWithIt(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("pool")
                        .scaling("min: 1, max: 1, idleTimeout: 5s")
                        .lifecycle(""));
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        String node = fleet.workersIn(WorkerPhase.IDLE).getFirst().getMetadata().getName();
        world.lab().jenkins().faults().inject(new Fault.NodeVanished(node), Scope.everything());
        await("the worker is gone")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.worker(node).isEmpty());
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        assertThat(fleet.machines()).isEqualTo(1);
    }

    @Test
    void fiftyThousandItemsInTheQueueDoNotKeepAJobFromItsMachine(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        fleet.awaitReady("pool");
        world.lab().jenkins().faults().inject(new Fault.QueueFlood(50_000, "nobody-has-it"), Scope.everything());
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitServer(status -> assertThat(status.unmatched())
                .singleElement()
                .satisfies(unmatched -> assertThat(unmatched.jobs()).isEqualTo(50_000)));
        fleet.awaitNoWorkers();
        assertThat(trial.operator().isRunning()).as("the operator runs on").isTrue();
        assertThat(trial.operator().log()).doesNotContain("OutOfMemoryError");
        assertThat(fleet.lives()).hasSize(1);
    }
}
