package dev.shedmaster.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** The API server is away for a while, or says that somebody else was quicker. */
@ExtendWith(Trials.class)
@Isolated("it stops an API server that others use too")
class ApiServerFaultTest {

    @Test
    void aRestartInTheMiddleOfEverythingLosesNothing(Trial trial) {
        World world = trial.unserved();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool").scaling("max: 5, idleTimeout: 5s"));
        OperatorProcess operator = world.startOperator("--no-leader-election");
        fleet.awaitReady("pool");
        world.lab().jenkins().enqueue(Batch.freestyle("running", 1, "amd64", Duration.ofSeconds(10)));
        Builds.of(world, "running").awaitRunning(1);
        world.lab().jenkins().enqueue(Batch.freestyle("starting", 2, "amd64", Duration.ofSeconds(2)));
        await("a machine of theirs")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.lives().size() > 1);

        world.cluster().controlPlane().stopApiServer();
        Builds.of(world, "running").awaitSuccess(1);
        world.lab().jenkins().enqueue(Batch.freestyle("meanwhile", 1, "amd64", Duration.ofSeconds(1)));
        world.cluster().controlPlane().startApiServer();

        Builds.of(world, "starting").awaitSuccess(2);
        Builds.of(world, "meanwhile").awaitSuccess(1);
        fleet.awaitNoWorkers();
        fleet.assertOneMachineForEachName();
        assertThat(operator.isRunning()).as("the operator runs on").isTrue();
    }

    @Test
    void aLeaderThatCannotRenewItsLeaseEndsAndItsSuccessorGoesOn(Trial trial) {
        World world = trial.unserved();
        Fleet fleet =
                Fleet.of(world).connected().with(PoolText.named("pool").scaling("min: 1, max: 1, idleTimeout: 5s"));
        OperatorProcess leader = world.startOperator("--leader-election");
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        String node = fleet.workersIn(WorkerPhase.IDLE).getFirst().getMetadata().getName();

        world.cluster().controlPlane().stopApiServer();
        try {
            Builds build = Builds.runningUntilAborted(world, "build");
            // Though the leader cannot write it down.
            fleet.awaitClosed(node);
            build.abort();
            await("the leader ends").atMost(Trial.PATIENCE).until(() -> !leader.isRunning());
        } finally {
            world.cluster().controlPlane().startApiServer();
        }

        // What Kubernetes does with a container that has ended.
        world.startOperator("--leader-election");
        await("a worker that has run its job is not taken for one that a person has marked offline")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.worker(node).isEmpty());
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        assertThat(fleet.lives()).hasSize(2);
    }

    @Test
    void somebodyElseMayWriteToTheSameObjects(Trial trial) throws InterruptedException {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger writes = new AtomicInteger();
        Thread busybody = Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                world.workers().forEach(worker -> annotate(world, worker, writes.incrementAndGet()));
            }
        });
        try {
            Builds.runningUntilAborted(world, "build", 2).abort();
            fleet.awaitNoWorkers();
        } finally {
            over.set(true);
            busybody.join();
        }
        assertThat(writes.get()).as("writes by somebody else").isGreaterThan(10);
        assertThat(fleet.lives()).hasSize(2);
    }

    /** Adds an annotation; a worker that is gone or was changed meanwhile is left as it is. */
    private static void annotate(World world, Worker worker, int number) {
        String patch = "{\"metadata\": {\"annotations\": {\"example.org/looked-at\": \"" + number + "\"}}}";
        try {
            world.all(Worker.class)
                    .withName(worker.getMetadata().getName())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
