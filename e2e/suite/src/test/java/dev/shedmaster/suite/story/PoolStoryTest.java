package dev.shedmaster.suite.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.RunningJob;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.estate.LifeRecord;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Build;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.JenkinsUser;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the owner of a pool can ask of it. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class PoolStoryTest {

    @Test
    void everyJobGetsAFreshMachineWhereMaxJobsIsOne(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("fresh").scaling("max: 1, idleTimeout: 5s"));
        Builds first = Builds.runningUntilAborted(world, "first");
        world.lab().jenkins().enqueue(Batch.freestyle("second", 1, "amd64", Duration.ofSeconds(1)));
        fleet.awaitClosed(first.nodes().getFirst());
        first.abort();
        Builds second = Builds.of(world, "second");
        second.awaitSuccess(1);
        fleet.awaitNoWorkers();
        assertThat(second.nodes()).doesNotContainAnyElementsOf(first.nodes());
        assertThat(fleet.lives()).hasSize(2);
    }

    @Test
    void thePartsOfAPipelineRunBesideEachOtherAndTheMachineOfItsFirstStageIsOneOfTheirs(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("parts").scaling("max: 5, idleTimeout: 5s").lifecycle(""));
        try (JenkinsUser user = new JenkinsUser(world)) {
            user.create("pipeline", JenkinsUser.pipeline("""
                    stage('build') { node('amd64') { sh 'sleep 2' } }
                    parallel one: { node('amd64') { sh 'sleep 3600' } },
                             two: { node('amd64') { sh 'sleep 3600' } },
                             three: { node('amd64') { sh 'sleep 3600' } }
                    """));
            int item = user.build("pipeline");
            await("three machines at once")
                    .atMost(Trial.PATIENCE)
                    .until(() -> fleet.workersIn(WorkerPhase.BUSY).size() == 3);
            Builds.of(world, "pipeline").abort();
            assertThat(user.end("pipeline", item).result()).isEqualTo("ABORTED");
        }
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).hasSize(3);
    }

    @Test
    void aWorkerWithTwoExecutorsRunsTwoJobs(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("twins")
                        .jenkins("serverRef: {name: jenkins}, labels: [amd64], executors: 2")
                        .lifecycle(""));
        Builds builds = Builds.runningUntilAborted(world, "build", 4);
        assertThat(builds.nodes().stream().collect(Collectors.groupingBy(node -> node)))
                .allSatisfy((node, itsBuilds) -> assertThat(itsBuilds).hasSize(2));
        builds.abort();
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).hasSize(2);
    }

    @Test
    void allJobsOfAWorkerAreToldAndCountedAndNoneIsCutShort(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("pairs")
                        .jenkins("serverRef: {name: jenkins}, labels: [amd64], executors: 2")
                        .lifecycle("maxJobs: 2"));
        Builds first = Builds.runningUntilAborted(world, "first");
        Builds second = Builds.runningUntilAborted(world, "second");
        String pair = first.nodes().getFirst();
        assertThat(second.nodes()).containsExactly(pair);
        fleet.awaitWorker(pair, status -> {
            assertThat(status.jobs()).extracting(RunningJob::name).containsExactly("first #1", "second #1");
            assertThat(status.message()).isEqualTo("runs first #1 and 1 more job");
        });
        fleet.awaitClosed(pair);

        world.lab().jenkins().enqueue(Batch.freestyle("third", 1, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "third").awaitSuccess(1);
        assertThat(Builds.of(world, "third").nodes()).doesNotContain(pair);

        first.abort();
        fleet.awaitWorker(pair, status -> {
            assertThat(status.phase()).isEqualTo(WorkerPhase.BUSY);
            assertThat(status.jobs()).extracting(RunningJob::name).containsExactly("second #1");
            assertThat(status.jobsDone()).isEqualTo(1);
        });
        second.abort();
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).hasSize(2);
    }

    @Test
    void aWorkerThatHasToGoWaitsForAllItsJobs(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("pairs")
                        .jenkins("serverRef: {name: jenkins}, labels: [amd64], executors: 2")
                        .lifecycle(""));
        Builds first = Builds.runningUntilAborted(world, "first");
        Builds second = Builds.runningUntilAborted(world, "second");
        String pair = first.nodes().getFirst();
        fleet.awaitWorker(pair, status -> assertThat(status.jobs()).hasSize(2));
        world.cluster().kubectl("delete", "worker", pair, "-n", world.namespace(), "--wait=false");
        fleet.awaitWorker(pair, status -> {
            assertThat(status.phase()).isEqualTo(WorkerPhase.DRAINING);
            assertThat(status.message())
                    .isEqualTo("takes no further job (its object was deleted) and waits for first #1 and 1 more job to"
                            + " end");
        });
        first.abort();
        fleet.awaitWorker(pair, status -> {
            assertThat(status.phase()).isEqualTo(WorkerPhase.DRAINING);
            assertThat(status.jobs()).extracting(RunningJob::name).containsExactly("second #1");
        });
        assertThat(second.running()).isEqualTo(1);
        second.abort();
        fleet.awaitNoWorkers();
    }

    @Test
    void aPoolMayBeEditedWhileItWorks(Trial trial) {
        World world = trial.served();
        PoolText pool = PoolText.named("edited").scaling("max: 1, idleTimeout: 5s");
        Fleet fleet = Fleet.of(world).connected().with(pool.placement(world, "main", "Standard_D8ds_v5", "OnDemand"));
        world.lab().jenkins().enqueue(Batch.freestyle("old", 1, "amd64", Duration.ofSeconds(20)));
        Builds.of(world, "old").awaitRunning(1);

        fleet.with(pool.labels("amd64, fast")
                .scaling("max: 2, idleTimeout: 5s")
                .placement(world, "other", "Standard_D4ds_v5", "OnDemand"));
        world.lab().jenkins().enqueue(Batch.freestyle("new", 1, "fast", Duration.ofSeconds(2)));
        Builds.of(world, "new").awaitSuccess(1);
        Builds.of(world, "old").awaitSuccess(1);
        assertThat(fleet.lives())
                .extracting(LifeRecord::size)
                .containsExactlyInAnyOrder("Standard_D8ds_v5", "Standard_D4ds_v5");
    }

    @Test
    void nobodyWaitsForTheFreeExecutorOfAWorkerThatLacksAPoolsNewLabel(Trial trial) {
        World world = trial.served();
        PoolText pool = PoolText.named("relabelled")
                .jenkins("serverRef: {name: jenkins}, labels: [amd64], executors: 2")
                .scaling("max: 2, idleTimeout: 5s")
                .lifecycle("");
        Fleet fleet = Fleet.of(world).connected().with(pool);
        Builds old = Builds.runningUntilAborted(world, "old");

        fleet.with(pool.jenkins("serverRef: {name: jenkins}, labels: [amd64, fast], executors: 2"));
        world.lab().jenkins().enqueue(Batch.freestyle("new", 1, "fast", Duration.ofSeconds(2)));
        Builds.of(world, "new").awaitSuccess(1);
        assertThat(old.running()).as("the old job runs on").isEqualTo(1);
        old.abort();
        assertThat(fleet.lives()).hasSize(2);
    }

    @Test
    void anIdleWorkerOfAFormerTemplateIsReplaced(Trial trial) {
        World world = trial.served();
        PoolText pool = PoolText.named("renewed")
                .scaling("min: 1, max: 2, idleTimeout: 5s")
                .lifecycle("");
        Fleet fleet = Fleet.of(world).connected().with(pool);
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        String former =
                fleet.workersIn(WorkerPhase.IDLE).getFirst().getMetadata().getName();

        fleet.with(pool.labels("amd64, renewed"));
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "renewed", Duration.ofSeconds(1)));
        Builds.of(world, "build").awaitSuccess(1);
        await("the former worker is gone")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.worker(former).isEmpty());
        fleet.awaitIn(WorkerPhase.IDLE, 1);
    }

    @Test
    void aMinimumIsKeptAndWhatIsLostIsReplaced(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("kept")
                        .scaling("min: 1, max: 2, idleTimeout: 5s")
                        .lifecycle("")
                        .placement(world, "spot", "Standard_D8ds_v5", "Spot"));
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        String first =
                fleet.workersIn(WorkerPhase.IDLE).getFirst().getMetadata().getName();
        world.lab().azure().evict(first);
        await("the evicted worker is gone")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.worker(first).isEmpty());
        fleet.awaitIn(WorkerPhase.IDLE, 1);

        String second =
                fleet.workersIn(WorkerPhase.IDLE).getFirst().getMetadata().getName();
        world.cluster().kubectl("delete", "worker", second, "-n", world.namespace(), "--timeout=120s");
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        assertThat(fleet.lives()).hasSize(3);
    }

    @Test
    void aScheduleHoldsAMinimumForItsTimeAndThePoolSaysSo(Trial trial) {
        World world = trial.served();
        PoolText pool = PoolText.named("timed").lifecycle("");
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(pool.scaling(
                        "max: 2, idleTimeout: 5s, schedules: [{name: always, cron: '* * * * *', for: 10m, min: 1}]"));
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        fleet.awaitPool("timed", status -> {
            assertThat(status.desired()).isEqualTo(1);
            assertThat(status.reason())
                    .startsWith("want 1 = 1 idle; 1 idle worker stays for the minimum of 1 (schedule always until ");
        });

        fleet.with(pool.scaling("max: 2, idleTimeout: 5s, schedules: []"));
        fleet.awaitNoWorkers();
    }

    @Test
    void kubectlScaleSetsTheMinimum(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("scaled")
                        .scaling("max: 3, idleTimeout: 3s")
                        .lifecycle(""));
        world.cluster().kubectl("scale", "workerpool", "scaled", "--replicas=2", "-n", world.namespace());
        fleet.awaitIn(WorkerPhase.IDLE, 2);
        world.cluster().kubectl("scale", "workerpool", "scaled", "--replicas=0", "-n", world.namespace());
        fleet.awaitNoWorkers();
    }

    @Test
    void aPoolWithMaxZeroFinishesWhatRunsAndBeginsNothing(Trial trial) {
        World world = trial.served();
        PoolText pool = PoolText.named("paused");
        Fleet fleet = Fleet.of(world).connected().with(pool.scaling("max: 1, idleTimeout: 5s"));
        Builds first = Builds.runningUntilAborted(world, "first");
        fleet.awaitClosed(first.nodes().getFirst());
        fleet.with(pool.scaling("max: 0, idleTimeout: 5s"));
        world.lab().jenkins().enqueue(Batch.freestyle("second", 1, "amd64", Duration.ofSeconds(1)));
        fleet.awaitPool("paused", status -> assertThat(status.waiting()).hasSize(1));
        assertThat(first.running()).as("what runs goes on").isEqualTo(1);
        first.abort();
        fleet.awaitNoWorkers();
        Builds second = Builds.of(world, "second");
        assertThat(second.all()).isEmpty();

        fleet.with(pool.scaling("max: 1, idleTimeout: 5s"));
        second.awaitSuccess(1);
    }

    @Test
    void aWorkerThatFailedIsKeptForALook(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("broken").lifecycle("maxJobs: 1, registrationTimeout: 20s, keepFailedFor: 1h"));
        world.lab().azure().post(Fault.once(new FaultEffect.NoAgent("no network"), FaultScope.of(AzureCall.PUT_VM)));
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        fleet.awaitIn(WorkerPhase.FAILED, 1);
        Worker failed = fleet.workersIn(WorkerPhase.FAILED).getFirst();
        String name = failed.getMetadata().getName();
        assertThat(failed.getStatus().reason()).isEqualTo("NotRegistered");
        assertThat(failed.getStatus().message())
                .startsWith("its agent was not ready in time: 20s (spec.lifecycle.registrationTimeout) after its"
                        + " machine ran, it is not connected; look at the console of ")
                .contains(name);
        Builds.of(world, "build").awaitSuccess(1);
        assertThat(fleet.worker(name)).isPresent();
        assertThat(fleet.machines()).as("machines that a person can look at").isPositive();
    }

    @Test
    void aPoolWhoseMachinesCannotRunTheirAgentsPausesAndSaysWhy(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("unprepared")
                        .scaling("max: 6, idleTimeout: 5s")
                        .lifecycle("maxJobs: 1, keepFailedFor: 1h"));
        world.lab()
                .azure()
                .post(Fault.always(
                        new FaultEffect.PreparationFails("this machine has no /dev/kvm"), FaultScope.everything()));
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        fleet.awaitPool(
                "unprepared",
                status -> assertThat(Fleet.condition(status.conditions(), "Scaling"))
                        .startsWith("FALSE: BootFailures: ")
                        .contains("failed in a row, pausing until ")
                        .contains("its machine did not boot: it was powered off before its agent connected; ")
                        .contains("serial console"));
        List<Worker> failed = fleet.workersIn(WorkerPhase.FAILED);
        assertThat(failed).hasSizeBetween(3, 6).allSatisfy(worker -> {
            String name = worker.getMetadata().getName();
            assertThat(worker.getStatus().reason()).isEqualTo("BootFailed");
            assertThat(worker.getStatus().message()).contains(name, "spec.lifecycle.keepFailedFor");
            assertThat(world.lab().azure().bootLog(name))
                    .anyMatch(line -> line.endsWith("shedmaster: this machine has no /dev/kvm"));
        });

        world.lab().azure().faults().clear();
        Builds.of(world, "build").awaitSuccess(1);
        assertThat(fleet.lives()).as("machines that were ever made").hasSizeLessThan(8);
        fleet.awaitPool(
                "unprepared",
                status -> assertThat(Fleet.condition(status.conditions(), "Scaling"))
                        .startsWith("TRUE"));
    }

    @Test
    void aWorkerThatIsTooOldIsReplacedAndItsJobNotCutShort(Trial trial) {
        World world = trial.served();
        PoolText pool = PoolText.named("ageing")
                .scaling("min: 1, max: 2, idleTimeout: 30m")
                .lifecycle("");
        Fleet fleet = Fleet.of(world).connected().with(pool);
        Builds build = Builds.runningUntilAborted(world, "long");
        String old = build.nodes().getFirst();
        fleet.with(pool.lifecycle("maxAge: 4s, createTimeout: 1s, bootTimeout: 1s, registrationTimeout: 1s"));
        fleet.awaitWorker(old, status -> {
            assertThat(status.phase()).isEqualTo(WorkerPhase.DRAINING);
            assertThat(status.message()).contains("is older than 4s").contains("waits for long #1 to end");
        });
        fleet.with(pool);
        assertThat(build.running()).as("its job goes on").isEqualTo(1);
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        build.abort();
        await("the old worker is gone")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.worker(old).isEmpty());
        assertThat(fleet.workersIn(WorkerPhase.IDLE)).as("its successor").hasSize(1);
    }

    @Test
    void aDrainTimeoutIsTheUsersOwnHardLimit(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("hurried").lifecycle("drainTimeout: 3s"));
        world.lab().jenkins().enqueue(Batch.freestyle("endless", 1, "amd64", Duration.ofMinutes(30)));
        Builds.of(world, "endless").awaitRunning(1);
        fleet.awaitIn(WorkerPhase.BUSY, 1);
        world.cluster().kubectl("delete", "workerpool", "hurried", "-n", world.namespace(), "--timeout=180s");
        fleet.awaitNoWorkers();
        await("Jenkins sees that the build is over")
                .atMost(Trial.PATIENCE)
                .until(() -> Builds.of(world, "endless").all().stream().noneMatch(Build::building));
    }
}
