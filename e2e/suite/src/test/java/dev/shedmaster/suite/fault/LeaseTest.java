package dev.shedmaster.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two operators and one lease: one acts, and when it no longer does, the other goes on. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class LeaseTest {

    @Test
    void theOtherGoesOnAtOnceWhenTheLeaderStops(Trial trial) {
        Pair pair = Pair.in(trial);
        assertThat(pair.leader.stop()).isZero();
        await("the other leads").atMost(Trial.PATIENCE).until(() -> leads(pair.other));
        pair.finishes();
    }

    @Test
    void theOtherGoesOnWhenTheLeaderIsKilled(Trial trial) {
        Pair pair = Pair.in(trial);
        pair.leader.kill();
        await("the other leads").atMost(Trial.PATIENCE).until(() -> leads(pair.other));
        pair.finishes();
    }

    @Test
    void aLeaderThatWakesUpAfterItsLeaseHasRunOutStepsDown(Trial trial) {
        Pair pair = Pair.in(trial);
        pair.leader.freeze();
        try {
            await("the other leads").atMost(Trial.PATIENCE).until(() -> leads(pair.other));
        } finally {
            pair.leader.thaw();
        }
        await("the former leader ends").atMost(Trial.PATIENCE).until(() -> !pair.leader.isRunning());
        assertThat(pair.leader.log()).contains("No longer leading");
        pair.finishes();
    }

    private static boolean leads(OperatorProcess operator) {
        return operator.log().contains("Leading as");
    }

    /** A leader that has work, and another that waits. */
    private record Pair(World world, Fleet fleet, OperatorProcess leader, OperatorProcess other) {

        static Pair in(Trial trial) {
            World world = trial.unserved();
            Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
            // As the chart starts it.
            OperatorProcess leader = world.startOperator("--leader-election");
            await("one leads").atMost(Trial.PATIENCE).until(() -> leads(leader));
            OperatorProcess other = world.startOperator("--leader-election");
            world.lab().jenkins().enqueue(Batch.freestyle("before", 1, "amd64", Duration.ofSeconds(25)));
            Builds.of(world, "before").awaitRunning(1);
            await("the other is ready").atMost(Trial.PATIENCE).until(other::isReady);
            assertThat(leads(other)).as("the other leads, too").isFalse();
            return new Pair(world, fleet, leader, other);
        }

        void finishes() {
            world.lab().jenkins().enqueue(Batch.freestyle("after", 1, "amd64", Duration.ofSeconds(1)));
            Builds.of(world, "before").awaitSuccess(1);
            Builds.of(world, "after").awaitSuccess(1);
            fleet.awaitNoWorkers();
            fleet.assertOneMachineForEachName();
            assertThat(fleet.lives()).hasSize(2);
        }
    }
}
