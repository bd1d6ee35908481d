package dev.shedmaster.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.ApiServerLine;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The network between the operator and its API server breaks, or the API server has no time for it. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class ApiServerLineTest {
    private static final Duration OFTEN = Duration.ofMillis(700);

    @Test
    void watchesThatDropAgainAndAgainMissNothing(Trial trial) {
        World world = trial.unserved();
        ApiServerLine line = world.line();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        OperatorProcess operator = world.startOperatorThrough(line, "--leader-election");
        fleet.awaitReady("pool");
        int[] cut = new int[1];
        Builds builds = Builds.enqueuedUntilAborted(world, "build", 3);
        await("all builds run").atMost(Trial.PATIENCE).pollInterval(OFTEN).until(() -> {
            cut[0] += line.cut();
            return builds.running() == 3;
        });
        builds.abort();
        await("their machines are gone")
                .atMost(Trial.PATIENCE)
                .pollInterval(OFTEN)
                .until(() -> {
                    cut[0] += line.cut();
                    return fleet.machines() == 0;
                });
        fleet.awaitNoWorkers();
        fleet.assertOneMachineForEachName();
        assertThat(fleet.lives()).hasSize(3);
        assertThat(cut[0]).as("connections cut").isGreaterThan(10);
        assertThat(operator.isRunning()).as("the operator runs on").isTrue();
    }

    @Test
    void aLineThatFallsSilentForAWhileLosesNothing(Trial trial) {
        World world = trial.unserved();
        ApiServerLine line = world.line();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        OperatorProcess operator = world.startOperatorThrough(line, "--no-leader-election");
        fleet.awaitReady("pool");
        world.lab().jenkins().enqueue(Batch.freestyle("before", 1, "amd64", Duration.ofSeconds(8)));
        fleet.awaitIn(WorkerPhase.BUSY, 1);
        world.lab().jenkins().enqueue(Batch.freestyle("starting", 1, "amd64", Duration.ofSeconds(1)));
        await("a machine for it")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.lives().size() == 2);

        line.fallSilent();
        Builds.of(world, "before").awaitSuccess(1);
        world.lab().jenkins().enqueue(Batch.freestyle("meanwhile", 1, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "starting").awaitSuccess(1);
        line.speak();

        Builds.of(world, "meanwhile").awaitSuccess(1);
        fleet.awaitNoWorkers();
        fleet.assertOneMachineForEachName();
        // While nothing can be recorded, Jenkins may give a second job to a machine that was made for one.
        assertThat(fleet.lives()).hasSizeBetween(2, 3);
        assertThat(operator.isRunning()).as("the operator runs on").isTrue();
    }

    @Test
    void anApiServerThatIsTooBusyIsAskedAgainLater(Trial trial) {
        World world = trial.unserved();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool").scaling("max: 12, idleTimeout: 5s"));
        OperatorProcess operator = world.startOperator("--no-leader-election");
        fleet.awaitReady("pool");
        try (LittleTimeForOne busy = LittleTimeForOne.in(world)) {
            world.lab().jenkins().enqueue(Batch.freestyle("build", 12, "amd64", Duration.ofSeconds(3)));
            Builds.of(world, "build").awaitSuccess(12);
            fleet.awaitNoWorkers();
            assertThat(busy.refused()).as("requests that were refused").isGreaterThan(5);
        }
        fleet.assertOneMachineForEachName();
        assertThat(operator.isRunning()).as("the operator runs on").isTrue();
    }
}
