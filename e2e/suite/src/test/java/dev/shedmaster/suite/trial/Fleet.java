package dev.shedmaster.suite.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.api.v1alpha1.WorkerStatus;
import dev.shedmaster.lab.azure.arm.CallLog;
import dev.shedmaster.lab.azure.estate.LifeRecord;
import dev.shedmaster.lab.jenkins.controller.Views.ComputerView;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowingConsumer;

/** What there is of workers and machines in a world, and what its objects say. */
public record Fleet(World world) {

    public static Fleet of(World world) {
        return new Fleet(world);
    }

    /** Connects the world's Kubernetes to its Jenkins and its Azure. */
    public Fleet connected() {
        world.apply(Manifests.jenkins(world.lab()));
        world.apply(Manifests.azure(world.lab()));
        return this;
    }

    public Fleet with(PoolText... pools) {
        for (PoolText pool : pools) {
            world.apply(pool.yaml(world));
        }
        return this;
    }

    /** The machines that there ever were. */
    public List<LifeRecord> lives() {
        return world.lab().azure().lives();
    }

    public int machines() {
        return world.lab().azure().report().totals().machines();
    }

    /** The calls for machines that Azure accepted. */
    public List<CallLog.Creation> accepted() {
        return world.lab().azure().calls().creations().stream()
                .filter(creation -> creation.status() == 201)
                .toList();
    }

    public Optional<Worker> worker(String name) {
        return Optional.ofNullable(world.all(Worker.class).withName(name).get());
    }

    /** The workers that are in that phase and not told to go. */
    public List<Worker> workersIn(WorkerPhase phase) {
        return world.workers().stream()
                .filter(worker -> worker.getMetadata().getDeletionTimestamp() == null)
                .filter(worker ->
                        worker.getStatus() != null && worker.getStatus().phase() == phase)
                .toList();
    }

    public void awaitIn(WorkerPhase phase, int count) {
        await(count + " workers are " + phase)
                .atMost(Trial.PATIENCE)
                .until(() -> workersIn(phase).size() == count);
    }

    public void awaitWorker(String name, ThrowingConsumer<WorkerStatus> holds) {
        await("worker " + name).atMost(Trial.PATIENCE).untilAsserted(() -> {
            WorkerStatus status =
                    world.all(Worker.class).withName(name).require().getStatus();
            assertThat(status).as("status of worker %s", name).isNotNull();
            assertThat(status).satisfies(holds);
        });
    }

    /** Waits until Jenkins gives the node no further job, whatever comes: a machine for one job is its job's own then. */
    public void awaitClosed(String node) {
        await("no further job is given to " + node)
                .atMost(Trial.PATIENCE)
                .until(() -> world.lab()
                        .jenkins()
                        .controller()
                        .nodes()
                        .find(node)
                        .filter(ComputerView::temporarilyOffline)
                        .isPresent());
    }

    /** No machine, no node, no worker is left; the pools may be. */
    public void awaitNoWorkers() {
        await("no worker is left").atMost(Trial.PATIENCE).untilAsserted(() -> {
            Nothingness.assertNoMachines(world);
            assertThat(world.workers()).isEmpty();
        });
    }

    /** No name was given to two machines, and none was asked for twice with success. */
    public void assertOneMachineForEachName() {
        assertThat(lives()).extracting(LifeRecord::name).doesNotHaveDuplicates();
        assertThat(accepted()).extracting(CallLog.Creation::name).doesNotHaveDuplicates();
        assertThat(lives().stream().map(LifeRecord::name).collect(Collectors.toSet()))
                .hasSize(lives().size());
    }

    public void awaitPool(String name, ThrowingConsumer<dev.shedmaster.api.v1alpha1.WorkerPoolStatus> holds) {
        await("pool " + name).atMost(Trial.PATIENCE).untilAsserted(() -> {
            var status = world.pool(name).getStatus();
            assertThat(status).as("status of pool %s", name).isNotNull();
            assertThat(status).satisfies(holds);
        });
    }

    public void awaitServer(ThrowingConsumer<dev.shedmaster.api.v1alpha1.JenkinsServerStatus> holds) {
        await("the JenkinsServer").atMost(Trial.PATIENCE).untilAsserted(() -> {
            var status =
                    world.all(JenkinsServer.class).withName("jenkins").require().getStatus();
            assertThat(status).as("status of the JenkinsServer").isNotNull();
            assertThat(status).satisfies(holds);
        });
    }

    public void awaitSubscription(ThrowingConsumer<dev.shedmaster.api.v1alpha1.AzureSubscriptionStatus> holds) {
        await("the AzureSubscription").atMost(Trial.PATIENCE).untilAsserted(() -> {
            var status = world.all(AzureSubscription.class)
                    .withName("azure")
                    .require()
                    .getStatus();
            assertThat(status).as("status of the AzureSubscription").isNotNull();
            assertThat(status).satisfies(holds);
        });
    }

    /** Waits until the connections and the pool can be used. */
    public void awaitReady(String pool) {
        awaitServer(
                status -> assertThat(condition(status.conditions(), "Ready")).startsWith("TRUE"));
        awaitSubscription(
                status -> assertThat(condition(status.conditions(), "Ready")).startsWith("TRUE"));
        awaitPool(
                pool,
                status -> assertThat(condition(status.conditions(), "Ready")).startsWith("TRUE"));
    }

    /** {@code TRUE: Reason: message} of a condition; empty text where there is none. */
    public static String condition(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .map(condition -> condition.status() + ": " + condition.reason() + ": " + condition.message())
                .findFirst()
                .orElse("");
    }
}
