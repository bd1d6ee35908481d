package dev.shedmaster.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Build;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.SteppedClock;
import dev.shedmaster.suite.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The clock of the operator's machine is set while everything is under way. Every part of the process sees the jump, the libraries too.
 */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class ClockTest {
    private static final Duration STEP = Duration.ofHours(2);

    /** Some seconds of ours. */
    private static final FaultEffect SLOW = new FaultEffect.Delay(Duration.ofSeconds((long) (4 * Trial.SPEED)));

    private static final int LEASE_LOST = 3;

    @Test
    void aClockThatJumpsAheadLosesNothing(Trial trial) {
        Work work = Work.underWay(trial, "--no-leader-election");
        work.clock.set(STEP);
        work.asksForMore();
        work.ends();
        work.assertTheSameOperator();
    }

    @Test
    void aClockThatJumpsBackLosesNothing(Trial trial) {
        // As the chart starts it: the lease has a clock, too.
        Work work = Work.underWay(trial, "--leader-election");
        work.clock.set(STEP.negated());
        work.asksForMore();
        work.ends();
        work.assertTheSameOperator();
        assertThat(work.operator.log()).as("its lease is kept").doesNotContain("No longer leading");
    }

    /**
     * As the clock of a machine does that was suspended, while another may have become the leader: whether the lease is renewed
     * in time is a matter of luck.
     */
    @Test
    void aLeaderWhoseClockJumpsAheadGoesOnOrItsSuccessorDoes(Trial trial) {
        Work work = Work.underWay(trial, "--leader-election");
        work.clock.set(STEP);
        work.asksForMore();
        await("the build ends, by the leader or its successor")
                .atMost(Trial.PATIENCE)
                .until(() -> {
                    work.restartIfItsLeaseIsLost();
                    Collection<Build> builds = Builds.of(work.world, "later").all();
                    return !builds.isEmpty() && builds.stream().noneMatch(Build::building);
                });
        work.ends();
    }

    /** One worker runs a job, one starts and one ends. */
    private record Work(World world, Fleet fleet, SteppedClock clock, OperatorProcess operator, String busy) {

        static Work underWay(Trial trial, String leaderElection) {
            World world = trial.unserved();
            SteppedClock clock = SteppedClock.in(world.folder(), library());
            Fleet fleet =
                    Fleet.of(world).connected().with(PoolText.named("pool").scaling("max: 6, idleTimeout: 5s"));
            OperatorProcess operator = world.startOperatorBy(clock, leaderElection);
            fleet.awaitReady("pool");
            world.lab().jenkins().enqueue(Batch.freestyle("running", 1, "amd64", Duration.ofSeconds(40)));
            Builds.of(world, "running").awaitRunning(1);
            String busy = Builds.of(world, "running").nodes().getFirst();
            for (AzureCall slow : List.of(AzureCall.PUT_VM, AzureCall.DELETE_VM)) {
                world.lab().azure().post(Fault.times(2, SLOW, FaultScope.of(slow)));
            }
            Builds ending = Builds.runningUntilAborted(world, "ending");
            fleet.awaitClosed(ending.nodes().getFirst());
            ending.abort();
            await("one is being deleted").atMost(Trial.PATIENCE).until(() -> isLeaving(world));
            world.lab().jenkins().enqueue(Batch.freestyle("starting", 1, "amd64", Duration.ofSeconds(1)));
            await("one is being made").atMost(Trial.PATIENCE).until(() -> isComing(world));
            return new Work(world, fleet, clock, operator, busy);
        }

        void asksForMore() {
            world.lab().jenkins().enqueue(Batch.freestyle("later", 1, "amd64", Duration.ofSeconds(1)));
        }

        /** What Kubernetes does with a container that has ended. */
        void restartIfItsLeaseIsLost() {
            OperatorProcess newest = world.operators().getLast();
            if (!newest.isRunning()) {
                assertThat(newest.exitCode()).hasValue(LEASE_LOST);
                world.startOperatorBy(clock, "--leader-election");
            }
        }

        void ends() {
            Builds.of(world, "later").awaitSuccess(1);
            Builds.of(world, "starting").awaitSuccess(1);
            Builds.of(world, "running").awaitSuccess(1);
            assertThat(Builds.of(world, "running").nodes())
                    .as("the busy worker runs its job to the end")
                    .containsExactly(busy);
            fleet.awaitNoWorkers();
            fleet.assertOneMachineForEachName();
        }

        void assertTheSameOperator() {
            assertThat(operator.isRunning()).as("the operator runs on").isTrue();
            assertThat(operator.get("/livez"))
                    .map(answer -> answer.statusCode())
                    .contains(200);
        }
    }

    private static boolean isLeaving(World world) {
        return world.workers().stream().anyMatch(worker -> worker.getMetadata().getDeletionTimestamp() != null);
    }

    private static boolean isComing(World world) {
        return world.workers().stream()
                .anyMatch(worker -> worker.getMetadata().getDeletionTimestamp() == null
                        && (worker.getStatus() == null || worker.getStatus().phase() != WorkerPhase.BUSY));
    }

    static Path library() {
        Optional<Path> found = SteppedClock.library();
        assumeTrue(
                found.isPresent(),
                "Debian's package faketime is not installed, by which the operator's clock is set: apt-get install"
                        + " faketime");
        return found.orElseThrow();
    }
}
