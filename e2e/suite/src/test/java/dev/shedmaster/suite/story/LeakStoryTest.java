package dev.shedmaster.suite.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.GroupMachine;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.SteppedClock;
import dev.shedmaster.suite.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A machine of ours that nothing accounts for is found and goes; what is somebody else's is not touched. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class LeakStoryTest {
    private static final Duration GRACE = Duration.ofMinutes(10);

    @Test
    void aMachineWhoseWorkerWasForcedAwayIsCollectedAndAForeignOneIsNot(Trial trial) {
        World world = trial.unserved();
        SteppedClock clock = SteppedClock.in(world.folder(), library());
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("pool")
                        .scaling("min: 1, max: 2, idleTimeout: 5s")
                        .lifecycle(""));
        OperatorProcess former = startOperator(world, clock);
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        Worker forced = fleet.workersIn(WorkerPhase.IDLE).getFirst();
        String leaked = forced.getMetadata().getName();
        String installation = world.cluster()
                .client()
                .namespaces()
                .withName(world.namespace())
                .require()
                .getMetadata()
                .getUid();
        List<GroupMachine> foreign = List.of(
                GroupMachine.made(world, "database", ""),
                GroupMachine.made(world, "sm-pool-abcdefgh", "\"shedmaster-installation\": \"another\""),
                GroupMachine.made(world, "named-otherwise", "\"shedmaster-installation\": \"" + installation + "\""));

        // While the operator is away, somebody in a hurry takes the finalizer off, which is all that knows of the
        // machine.
        former.stop();
        world.cluster().kubectl("delete", "worker", leaked, "-n", world.namespace(), "--wait=false");
        world.cluster()
                .kubectl(
                        "patch",
                        "worker",
                        leaked,
                        "-n",
                        world.namespace(),
                        "--type=merge",
                        "-p",
                        "{\"metadata\": {\"finalizers\": null}}");
        await("its object is gone")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.worker(leaked).isEmpty());
        OperatorProcess operator = startOperator(world, clock);
        String found = "shedmaster_leaks{account=\"" + world.namespace() + "/azure\"} 1.0";
        await("it is found")
                .atMost(Trial.PATIENCE)
                .until(() -> operator.get("/metrics")
                        .filter(answer -> answer.body().contains(found))
                        .isPresent());
        GroupMachine left = new GroupMachine(world, leaked);
        assertThat(left.exists()).as("it is there within its grace").isTrue();

        clock.set(GRACE.plusMinutes(1));
        await("the leaked machine is gone").atMost(Trial.PATIENCE).until(() -> !left.exists());
        await("its node, too").atMost(Trial.PATIENCE).until(() -> !isRegistered(world, leaked));
        await("it is told")
                .atMost(Trial.PATIENCE)
                .untilAsserted(() -> assertThat(world.cluster().kubectl("get", "events", "-n", world.namespace()))
                        .contains("LeakDeleted", leaked));
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        assertThat(foreign)
                .allSatisfy(machine -> assertThat(machine.exists())
                        .as("%s is there", machine.name())
                        .isTrue());
        foreign.forEach(GroupMachine::delete);
    }

    private static OperatorProcess startOperator(World world, SteppedClock clock) {
        return world.startOperatorBy(clock, "--no-leader-election", "--look-for-leaks-every", "1s");
    }

    private static boolean isRegistered(World world, String node) {
        return world.lab().jenkins().controller().nodes().all().computers().stream()
                .anyMatch(computer -> computer.name().equals(node));
    }

    private static Path library() {
        Optional<Path> found = SteppedClock.library();
        assumeTrue(
                found.isPresent(),
                "Debian's package faketime is not installed, by which the grace period is made to pass: apt-get install"
                        + " faketime");
        return found.orElseThrow();
    }
}
