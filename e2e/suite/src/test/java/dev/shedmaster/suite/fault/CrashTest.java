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
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The operator is killed before and after every effect of a worker's life, on the real API server: no second machine, none
 * forgotten, no job lost. One life is interrupted many times; each time the next operator goes on from what it finds.
 */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {
    private static final int JOBS = 2;
    private static final Duration OFTEN = Duration.ofMillis(20);

    /** A job that is over before a killed operator's successor is up. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    /** How many operators' starts a job outlives that is to run on while several of them are killed. */
    private static final int STARTS = 6;

    @Test
    void losesNothingWhenItIsKilledBeforeEachEffect(Trial trial) {
        survives(
                trial,
                start -> SHORT,
                CrashPoint.NODE_IS_NOT_YET_MADE,
                CrashPoint.SECRET_IS_NOT_YET_READ,
                CrashPoint.MACHINE_IS_NOT_YET_ASKED_FOR,
                CrashPoint.MACHINE_IS_NOT_YET_DELETED,
                CrashPoint.NODE_IS_NOT_YET_REMOVED);
    }

    @Test
    void losesNothingWhenItIsKilledAfterEachEffect(Trial trial) {
        survives(
                trial,
                start -> SHORT,
                CrashPoint.QUEUE_IS_READ,
                CrashPoint.WORKER_IS_WRITTEN_DOWN,
                CrashPoint.NODE_IS_MADE_AND_THE_ANSWER_LOST,
                CrashPoint.SECRET_IS_READ_AND_THE_ANSWER_LOST,
                CrashPoint.MACHINE_IS_ASKED_FOR_AND_THE_ANSWER_LOST,
                CrashPoint.ACCEPTANCE_IS_RECORDED,
                CrashPoint.MACHINE_IS_DELETED_AND_THE_ANSWER_LOST,
                CrashPoint.NODE_IS_REMOVED_AND_THE_ANSWER_LOST,
                CrashPoint.WORKER_IS_GONE);
    }

    @Test
    void losesNothingWhenItIsKilledAndAzureActsLater(Trial trial) {
        survives(
                trial,
                start -> SHORT,
                CrashPoint.MACHINE_IS_ASKED_FOR_AND_AZURE_ACTS_LATER,
                CrashPoint.MACHINE_IS_ACCEPTED,
                CrashPoint.MACHINE_IS_DELETED_AND_AZURE_ACTS_LATER,
                CrashPoint.MACHINE_IS_GONE);
    }

    @Test
    void losesNothingWhenItIsKilledWhileJobsRun(Trial trial) {
        survives(
                trial,
                start -> start.multipliedBy(STARTS),
                CrashPoint.AGENT_IS_CONNECTED,
                CrashPoint.JOB_IS_RECORDED,
                CrashPoint.WORKER_IS_NOT_YET_TAKEN_OFFLINE,
                CrashPoint.WORKER_IS_TAKEN_OFFLINE_AND_THE_ANSWER_LOST,
                CrashPoint.WORKER_IS_MARKED_FOR_DELETION);
    }

    /** @param duration of a job, for how long an operator takes to start on this machine now */
    private static void survives(Trial trial, UnaryOperator<Duration> duration, CrashPoint... points) {
        World world = trial.unserved();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        Instant before = Instant.now();
        OperatorProcess operator = startOperator(world);
        fleet.awaitReady("pool");
        Duration job = duration.apply(Duration.between(before, Instant.now()));
        world.lab().jenkins().enqueue(Batch.freestyle("build", JOBS, "amd64", job));
        for (CrashPoint point : points) {
            BooleanSupplier sprung = point.in(world);
            if (!operator.isRunning()) {
                operator = startOperator(world);
            }
            await(point.name()).atMost(Trial.PATIENCE).pollInterval(OFTEN).until(sprung::getAsBoolean);
            operator.kill();
            world.lab().jenkins().faults().clear();
            world.lab().azure().faults().clear();
        }
        startOperator(world);

        Builds.of(world, "build").awaitSuccess(JOBS, Trial.PATIENCE.plus(job));
        fleet.awaitNoWorkers();
        fleet.assertOneMachineForEachName();
        // While no operator is there, Jenkins may give a second job to a machine that was made for one (ADR 9).
        assertThat(fleet.lives()).as("machines ever").hasSizeLessThanOrEqualTo(JOBS);
    }

    /** Nobody else can act in the namespace, so it need not wait until the dead operator's lease has run out. */
    private static OperatorProcess startOperator(World world) {
        return world.startOperator("--no-leader-election");
    }
}
