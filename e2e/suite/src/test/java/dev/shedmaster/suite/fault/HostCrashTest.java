package dev.shedmaster.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.robot.call.RobotCall;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.Phase;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.WorkerHost;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.Hosts;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.ImageShop;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The operator is killed again and again while it installs a host and while a job runs there: nothing is reset twice, and
 * no job is lost. What each write and each deed leaves is tried in memory, where none is missed; here a real process dies.
 */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class HostCrashTest {
    private static final int NUMBER = 321;
    private static final Duration OFTEN = Duration.ofMillis(20);

    /** A job that is still under way after the operator was killed twice. */
    private static final Duration JOB = Duration.ofSeconds(40);

    private final ImageShop images = new ImageShop();

    @AfterEach
    void close() {
        images.close();
    }

    @Test
    void nothingIsResetTwiceWhereverAnInstallationIsInterrupted(Trial trial) {
        World world = trial.unserved();
        Hosts hosts = Hosts.rented(world, images, NUMBER).with(NUMBER, "one");
        DedicatedServer server = hosts.server(NUMBER);
        world.lab().robot().post(Fault.once(FaultKind.LOST_RESPONSE).on(RobotCall.RESET));

        killed(world, "the rescue system is armed", () -> hasCalled(world, "/boot/" + NUMBER + "/rescue"));
        killed(world, "the server is reset and the answer lost", () -> hosts.resets() > 0);
        killed(world, "the rescue system is up", () -> server.power().phase() == Phase.RESCUE);
        killed(world, "the image is being written", () -> isAt(world, "Install"));
        killed(world, "the new system is up", () -> server.power().phase() == Phase.INSTALLED);
        startOperator(world);
        hosts.awaitReady(NUMBER);
        assertThat(hosts.resets()).isEqualTo(1);
    }

    @Test
    void noJobOnAHostIsLost(Trial trial) {
        World world = trial.unserved();
        Hosts hosts = Hosts.rented(world, images, NUMBER).with(NUMBER, "one");
        Fleet fleet = Fleet.of(world).with(PoolText.onHosts("arm64-kvm").scaling("max: 5, idleTimeout: 5s"));
        OperatorProcess first = startOperator(world);
        hosts.awaitReady(NUMBER);
        first.kill();
        String boot = hosts.boot(NUMBER);
        DedicatedServer server = hosts.server(NUMBER);
        world.lab().robot().post(Fault.once(FaultKind.LOST_START_ANSWER).at(NUMBER));
        world.lab().jenkins().enqueue(Batch.freestyle("kola", 1, "arm64 && kvm", JOB));
        Builds builds = Builds.of(world, "kola");

        killed(
                world,
                "the worker is started and the answer lost",
                () -> !workers(server).isEmpty());
        killed(world, "the job runs", () -> builds.running() == 1);
        List<String> before = workers(server);
        startOperator(world);
        builds.awaitSuccess(1, Trial.PATIENCE.plus(JOB));
        assertThat(builds.nodes()).as("it ran where it began").isEqualTo(before).hasSize(1);
        fleet.awaitNoWorkers();
        await().atMost(Trial.PATIENCE).until(() -> workers(server).isEmpty());
        hosts.awaitReady(NUMBER);
        assertThat(hosts.boot(NUMBER)).isEqualTo(boot);
        assertThat(hosts.resets()).isEqualTo(1);
    }

    /** An operator serves until that is so, and dies. */
    private static void killed(World world, String when, BooleanSupplier isSo) {
        OperatorProcess operator = startOperator(world);
        await(when).atMost(Trial.PATIENCE).pollInterval(OFTEN).until(isSo::getAsBoolean);
        operator.kill();
    }

    private static boolean hasCalled(World world, String path) {
        return world.lab().robot().calls().entries().stream()
                .anyMatch(call -> call.method().equals("POST") && call.path().equals(path));
    }

    private static boolean isAt(World world, String step) {
        BareMetalHost host =
                world.all(BareMetalHost.class).withName(Hosts.name(NUMBER)).get();
        return host != null
                && host.getStatus() != null
                && step.equals(host.getStatus().record().step());
    }

    private static List<String> workers(DedicatedServer server) {
        return server.power().workerHost().map(WorkerHost::workers).orElse(List.of()).stream()
                .map(WorkerHost.Worker::name)
                .toList();
    }

    /** Nobody else can act in the namespace, so it need not wait until the dead operator's lease has run out. */
    private static OperatorProcess startOperator(World world) {
        return world.startOperator("--no-leader-election");
    }
}
