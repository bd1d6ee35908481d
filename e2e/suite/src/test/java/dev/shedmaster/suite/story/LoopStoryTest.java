package dev.shedmaster.suite.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cdancy.jenkins.rest.domain.job.BuildInfo;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.lab.azure.arm.CallLog;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.estate.CapacityRule;
import dev.shedmaster.lab.azure.estate.LifeRecord;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Controller;
import dev.shedmaster.lab.jenkins.controller.NodeConfig;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.JenkinsUser;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a person who runs CI would say that Shedmaster does, one test a sentence. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class LoopStoryTest {

    @Test
    void aJobThatAsksForLabelsRunsOnAFreshMachineWhichIsGoneAfterwards(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("amd64-kvm")
                        .labels("amd64, kvm, sudo")
                        .machine("architecture: amd64, cpus: 8, memory: 32Gi, kvm: Required"));
        try (JenkinsUser user = new JenkinsUser(world)) {
            user.create("kernel-tests", JenkinsUser.freestyle("amd64 && kvm", 2));
            int item = user.build("kernel-tests");
            BuildInfo build = user.end("kernel-tests", item);
            assertThat(build.result()).isEqualTo("SUCCESS");
            assertThat(build.builtOn()).startsWith("sm-amd64-kvm-");
            assertThat(fleet.lives()).extracting(LifeRecord::name).containsExactly(build.builtOn());
        }
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).as("machines ever").hasSize(1);
    }

    @Test
    void twoPoolsThatCouldServeAJobStartOneMachineTheCheaper(Trial trial) {
        World world = trial.served();
        PoolText large = PoolText.named("large").machine("architecture: amd64, cpus: 4, memory: 16Gi");
        PoolText small = PoolText.named("small").machine("architecture: amd64, cpus: 4, memory: 16Gi");
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(
                        large.placement(world, "main", "Standard_D16ds_v5", "OnDemand"),
                        small.placement(world, "main", "Standard_D4ds_v5", "OnDemand"));
        fleet.awaitPool("large", status -> assertThat(status.conditions()).isNotEmpty());
        fleet.awaitPool("small", status -> assertThat(status.conditions()).isNotEmpty());
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(3)));
        Builds.of(world, "build").awaitSuccess(1);
        fleet.awaitNoWorkers();
        assertThat(fleet.lives()).singleElement().satisfies(life -> {
            assertThat(life.size()).isEqualTo("Standard_D4ds_v5");
            assertThat(life.name()).startsWith("sm-small-");
        });
    }

    @Test
    void whenSpotIsOutOfCapacityTheNextOfferingIsTriedAtOnceAndTheStatusSaysSo(Trial trial) {
        FaultScope spot = FaultScope.everything().withPriority(CallFacts.Priority.SPOT);
        World world = trial.served(options -> options.withCapacity(List.of(CapacityRule.of(spot, 0))));
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("spot-first")
                        .placement(world, "spot", "Standard_D8ds_v5", "Spot")
                        .placement(world, "on-demand", "Standard_D8ds_v5", "OnDemand"));
        Builds build = Builds.runningUntilAborted(world, "build");

        assertThat(world.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.getSpec().placement().name()).isEqualTo("spot");
            assertThat(worker.getStatus().machine()).isNotNull();
            assertThat(worker.getStatus().machine().placement()).isEqualTo("on-demand");
            assertThat(worker.getStatus().refusals()).singleElement().satisfies(refusal -> {
                assertThat(refusal.offering()).isEqualTo("Standard_D8ds_v5/Spot");
                assertThat(refusal.code()).isEqualTo("NoCapacity");
                assertThat(refusal.why()).contains("Capacity Restrictions");
            });
        });
        fleet.awaitPool(
                "spot-first",
                status -> assertThat(status.unavailable())
                        .singleElement()
                        .satisfies(offering -> assertThat(offering.toString()).containsIgnoringCase("spot")));
        List<CallLog.Creation> calls = world.lab().azure().calls().creations();
        assertThat(calls).extracting(CallLog.Creation::status).containsExactly(409, 201);
        assertThat(Duration.between(calls.getFirst().realTime(), calls.getLast().realTime()))
                .isLessThan(Duration.ofSeconds(5));
        build.abort();
        fleet.awaitNoWorkers();
    }

    @Test
    void aPersonDeletesAPoolAndIdleWorkersGoNowBusyOnesWhenTheyAreDone(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("going")
                        .scaling("max: 2, idleTimeout: 30m")
                        .lifecycle(""));
        Builds goesOn = Builds.runningUntilAborted(world, "long");
        world.lab().jenkins().enqueue(Batch.freestyle("short", 1, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "short").awaitSuccess(1);
        fleet.awaitIn(WorkerPhase.IDLE, 1);
        String idle = fleet.workersIn(WorkerPhase.IDLE).getFirst().getMetadata().getName();
        String busy = goesOn.nodes().getFirst();

        world.cluster().kubectl("delete", "workerpool", "going", "--wait=false", "-n", world.namespace());
        await("the idle worker is gone")
                .atMost(Trial.PATIENCE)
                .until(() -> fleet.worker(idle).isEmpty());
        assertThat(goesOn.running()).as("the busy worker's build goes on").isEqualTo(1);
        assertThat(fleet.worker(busy)).isPresent();

        goesOn.abort();
        fleet.awaitNoWorkers();
        await("the pool is gone")
                .atMost(Trial.PATIENCE)
                .until(() -> !world.cluster()
                        .kubectl("get", "workerpools", "-n", world.namespace())
                        .contains("going"));
    }

    @Test
    void aPersonReadsWorkerpoolsAndSeesWhyAJobWaits(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(
                        PoolText.named("full").scaling("max: 1, idleTimeout: 5s"),
                        PoolText.named("astray").jenkins("serverRef: {name: jenkinz}, labels: [other]"));
        Builds first = Builds.runningUntilAborted(world, "first");
        fleet.awaitClosed(first.nodes().getFirst());
        world.lab().jenkins().enqueue(Batch.freestyle("second", 1, "amd64", Duration.ofSeconds(1)));
        await("the reason is shown").atMost(Trial.PATIENCE).untilAsserted(() -> {
            String shown = world.cluster().kubectl("get", "workerpools", "-n", world.namespace());
            assertThat(shown.lines().findFirst().orElseThrow())
                    .contains("NAME", "READY", "QUEUED", "IDLE", "BUSY", "BOOTING", "DESIRED", "MAX", "REASON");
            assertThat(shown.lines().filter(line -> line.startsWith("full")))
                    .singleElement()
                    .asString()
                    .contains("max");
            assertThat(shown.lines().filter(line -> line.startsWith("astray")))
                    .singleElement()
                    .asString()
                    .contains("False", "there is no JenkinsServer " + world.namespace() + "/jenkinz");
        });
        fleet.awaitPool(
                "full",
                status -> assertThat(status.waiting())
                        .singleElement()
                        .satisfies(waiting -> assertThat(waiting.toString()).contains("second", "max")));
        first.abort();
        Builds.of(world, "second").awaitSuccess(1);
    }

    @Test
    void aLabelThatNoPoolServesIsReported(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("amd64-only"));
        world.lab().jenkins().enqueue(Batch.freestyle("exotic", 2, "riscv64 && kvm", Duration.ofSeconds(1)));
        fleet.awaitServer(status -> {
            assertThat(Fleet.condition(status.conditions(), "DemandMatched"))
                    .contains("FALSE")
                    .contains("riscv64");
            assertThat(status.unmatched()).singleElement().satisfies(unmatched -> {
                assertThat(unmatched.label()).contains("riscv64", "kvm");
                assertThat(unmatched.jobs()).isEqualTo(2);
            });
        });
        assertThat(fleet.lives()).isEmpty();

        // What was wrong is put right, and the jobs run.
        fleet.with(PoolText.named("riscv").labels("riscv64, kvm"));
        Builds.of(world, "exotic").awaitSuccess(2);
        fleet.awaitServer(status -> {
            assertThat(Fleet.condition(status.conditions(), "DemandMatched")).contains("TRUE");
            assertThat(status.unmatched()).isEmpty();
        });
    }

    @Test
    void jobsForAnAgentThatSomebodyElseRunsAreNotReportedAsForNobody(Trial trial) {
        World world = trial.served();
        Controller jenkins = world.lab().jenkins().controller();
        assertThat(jenkins.nodes().create(NodeConfig.setUpByHand("mainframe", "s390x")))
                .isTrue();
        Fleet fleet = Fleet.of(world).connected().with(PoolText.named("amd64-only"));
        world.lab().jenkins().enqueue(Batch.freestyle("exotic", 2, "s390x", Duration.ofSeconds(1)));
        fleet.awaitServer(status -> {
            assertThat(status.queue().elsewhere()).isEqualTo(2);
            assertThat(Fleet.condition(status.conditions(), "DemandMatched"))
                    .startsWith("TRUE: ServedElsewhere")
                    .contains("2 × s390x, such as mainframe, which is offline");
            assertThat(status.unmatched()).isEmpty();
        });

        // Once it is taken away for good, they would wait for ever.
        assertThat(jenkins.nodes().delete("mainframe")).isTrue();
        fleet.awaitServer(status -> {
            assertThat(Fleet.condition(status.conditions(), "DemandMatched")).startsWith("FALSE: NoPoolServes");
            assertThat(status.queue().unmatched()).isEqualTo(2);
            assertThat(status.queue().elsewhere()).isZero();
        });
        assertThat(fleet.lives()).isEmpty();
    }
}
