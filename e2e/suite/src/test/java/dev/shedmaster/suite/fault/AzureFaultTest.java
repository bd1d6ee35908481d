package dev.shedmaster.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.lab.azure.AzureStandIn;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.estate.LifeRecord;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Azure fails in every way that it knows, and no job and no machine is lost by it. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class AzureFaultTest {
    /** How many seconds pass in one of ours where Azure takes longest. */
    private static final double RUSH = 300;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void throttledCallsAreMadeAgainLaterWithRetryAfterAndWithout(boolean withHeader, Trial trial) {
        @Nullable Duration retryAfter = withHeader ? Duration.ofSeconds(3) : null;
        // Without advice the operator waits long.
        int times = withHeader ? 2 : 1;
        World world = trial.served();
        AzureStandIn azure = world.lab().azure();
        for (AzureCall call : List.of(AzureCall.PUT_VM, AzureCall.DELETE_VM)) {
            azure.post(Fault.times(
                    times,
                    new FaultEffect.Throttle(FaultEffect.Throttle.Source.COMPUTE, retryAfter),
                    FaultScope.of(call)));
        }
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitNoWorkers();
        assertThat(azure.calls().counts().get(AzureCall.PUT_VM))
                .containsEntry(429, (long) times)
                .containsEntry(201, 1L);
        assertThat(azure.calls().counts().get(AzureCall.DELETE_VM)).containsEntry(429, (long) times);
    }

    @Test
    void workersThatWaitForTheirTurnAtOurOwnLimitAreNoFailures(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world);
        world.apply(Manifests.jenkins(world.lab()));
        world.apply(Manifests.azure(world.lab())
                + "  limits: {requests: {writesPerSecond: 1, deletesPerSecond: 10, readsPerSecond: 10, burst: 1}}\n");
        fleet.with(
                PoolText.named("pool").scaling("max: 25, idleTimeout: 5s").lifecycle("maxJobs: 1, createTimeout: 5s"));
        fleet.awaitReady("pool");
        Builds builds = Builds.enqueuedUntilAborted(world, "build", 25);

        await("a worker tells that it waits for its turn")
                .atMost(Trial.PATIENCE)
                .untilAsserted(() -> assertThat(fleet.workersIn(WorkerPhase.REQUESTED))
                        .anySatisfy(worker -> assertThat(worker.getStatus().message())
                                .contains("waits for its turn among the requests that spec.limits.requests allows")));
        builds.awaitRunning(25);
        builds.abort();
        fleet.awaitNoWorkers();
        assertThat(fleet.lives())
                .as("as many machines as jobs: no worker was given up")
                .hasSize(25);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALLOCATION_FAILED", "OS_CLIENT_ERROR", "INTERNAL"})
    void aCreationThatFailsLaterIsCleanedUpAndAnotherMachineMade(KnownError error, Trial trial) {
        World world = trial.served();
        world.lab().azure().post(Fault.once(new FaultEffect.FailLater(error), FaultScope.of(AzureCall.PUT_VM)));
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("pool")
                        .placement(world, "main", "Standard_D8ds_v5", "OnDemand")
                        .placement(world, "else", "Standard_D8ads_v6", "OnDemand"));
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitNoWorkers();
        fleet.assertOneMachineForEachName();
        assertThat(fleet.lives()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAMILY_QUOTA", "SKU_NOT_AVAILABLE"})
    void aRefusalLeadsToTheNextOfferingAndIsTold(KnownError error, Trial trial) {
        World world = trial.served();
        world.lab()
                .azure()
                .post(Fault.always(
                        new FaultEffect.Refuse(error),
                        FaultScope.of(AzureCall.PUT_VM).withPriority(CallFacts.Priority.SPOT)));
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("pool")
                        .placement(world, "spot", "Standard_D8ds_v5", "Spot")
                        .placement(world, "else", "Standard_D8ads_v6", "OnDemand"));
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(2)));
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitPool(
                "pool",
                status -> assertThat(status.unavailable())
                        .isNotEmpty()
                        .allSatisfy(offering -> assertThat(offering.why()).isNotBlank()));
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).extracting(LifeRecord::size).containsExactly("Standard_D8ads_v6");
    }

    @Test
    void anAnswerThatIsLostAfterItsEffectMakesNoSecondMachine(Trial trial) {
        World world = trial.served();
        for (AzureCall call : List.of(AzureCall.PUT_VM, AzureCall.DELETE_VM, AzureCall.GET_VM)) {
            world.lab().azure().post(Fault.times(2, new FaultEffect.LoseResponse(), FaultScope.of(call)));
        }
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).hasSize(1);
    }

    @Test
    void fortyMinutesOfProvisioningLoseNoJob(Trial trial) {
        World world = trial.served(RUSH, options -> options);
        world.lab().azure().post(Fault.always(new FaultEffect.NeverReady(), FaultScope.everything()));
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(20)));
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitNoWorkers();
        assertThat(fleet.lives())
                .singleElement()
                .satisfies(life -> assertThat(life.failureCode()).isEqualTo("OSProvisioningTimedOut"));
    }

    @Test
    void aSpotMachineThatIsTakenBackGoesWhollyAndTheNextJobGetsAnother(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("pool").placement(world, "spot", "Standard_D8ds_v5", "Spot"));
        world.lab().jenkins().enqueue(Batch.freestyle("cut", 1, "amd64", Duration.ofMinutes(10)));
        fleet.awaitIn(WorkerPhase.BUSY, 1);
        String evicted =
                fleet.workersIn(WorkerPhase.BUSY).getFirst().getMetadata().getName();
        world.lab().azure().evict(evicted);
        await("the worker is gone")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.worker(evicted).isEmpty());
        world.lab().jenkins().enqueue(Batch.freestyle("next", 1, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "next").awaitSuccess(1);
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).hasSize(2);
    }

    @Test
    void listsThatAreBehindMakeNothingTwiceAndLoseNothing(Trial trial) {
        World world = trial.served();
        world.lab().azure().post(Fault.always(new FaultEffect.ListLag(Duration.ofMinutes(4)), FaultScope.everything()));
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        Builds.runningUntilAborted(world, "build", 3).abort();
        fleet.awaitNoWorkers();
        fleet.assertOneMachineForEachName();
        assertThat(fleet.lives()).hasSize(3);
    }

    @Test
    void aBrokenAzureIsToldAndHeals(Trial trial) {
        World world = trial.served();
        world.lab().azure().post(Fault.always(new FaultEffect.BrokenServer(503, true, null), FaultScope.everything()));
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("pool"));
        fleet.awaitSubscription(status ->
                assertThat(Fleet.condition(status.conditions(), "Ready")).startsWith("FALSE: Unreachable"));
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        world.lab().azure().faults().clear();
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitSubscription(status ->
                assertThat(Fleet.condition(status.conditions(), "Ready")).startsWith("TRUE"));
    }
}
