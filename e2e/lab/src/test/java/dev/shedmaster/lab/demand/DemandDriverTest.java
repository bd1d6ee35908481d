package dev.shedmaster.lab.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.lab.agent.AgentDescription;
import dev.shedmaster.lab.agent.LabAgent;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.JenkinsStandIn;
import dev.shedmaster.lab.jenkins.controller.Mode;
import dev.shedmaster.lab.jenkins.controller.NodeConfig;
import dev.shedmaster.lab.jenkins.controller.Views.LabView;
import dev.shedmaster.lab.jenkins.controller.WorkRecord;
import dev.shedmaster.lab.jenkins.fault.Fault;
import dev.shedmaster.lab.jenkins.fault.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemandDriverTest {
    private JenkinsStandIn jenkins;
    private LabAgent agents;

    @BeforeEach
    void start() throws Exception {
        jenkins = JenkinsStandIn.start(JenkinsOptions.swift());
        agents = new LabAgent();
    }

    @AfterEach
    void end() {
        agents.close();
        jenkins.close();
    }

    private void machine(String name, String labels, int executors) {
        jenkins.controller()
                .nodes()
                .create(new NodeConfig(
                        name,
                        null,
                        "/srv/agent",
                        executors,
                        Mode.EXCLUSIVE,
                        labels,
                        new NodeConfig.Launcher(true, true, null, "remoting", false),
                        "hudson.slaves.RetentionStrategy$Always"));
        agents.start(new AgentDescription(jenkins.url(), name, jenkins.secretOf(name), "", Optional.empty()));
        await().until(() -> jenkins.controller().agents().isConnected(name));
    }

    private DemandDriver driver() {
        return new DemandDriver(
                jenkins.url(),
                JenkinsOptions.ADMIN.name(),
                JenkinsOptions.ADMIN.token(),
                InstantSource.system(),
                Duration.ofMillis(50));
    }

    @Test
    void theBusiestNightRunsWholeAndInOrder() throws Exception {
        machine("builder", "amd64 docker", 12);
        machine("kvm", "amd64 kvm sudo", 24);
        machine("light", "amd64", 80);
        // A night in seconds.
        DemandReplay night = DemandReplay.ofBusiestNight(DemandEvents.ofTheYear(), 1, 20_000);
        try (DemandDriver driver = driver()) {
            DemandReport report = driver.play(night, Duration.ofSeconds(30), progress -> {});
            assertThat(report.lost()).isEmpty();
            assertThat(report.finished()).isEqualTo(night.stageCount()).isGreaterThan(6 * 25);
            assertThat(report.isComplete()).isTrue();
        }
        LabView lab = jenkins.controller().lab();
        assertThat(lab.work()).hasSize(night.stageCount());
        Map<String, WorkRecord> byJob = new HashMap<>();
        lab.work().forEach(work -> byJob.put(work.task().job().name(), work));
        for (PlannedBuild build : night.builds()) {
            for (Stage stage : build.stages()) {
                WorkRecord work = Objects.requireNonNull(byJob.get(build.name() + "-" + stage.name()));
                assertThat(work.task().label()).isEqualTo(stage.need().label());
                for (String earlier : stage.after()) {
                    assertThat(work.queuedAt())
                            .isGreaterThanOrEqualTo(Objects.requireNonNull(byJob.get(build.name() + "-" + earlier))
                                    .finishedAt());
                }
            }
        }
    }

    private static DemandReplay two(Duration first) {
        return new DemandReplay(
                List.of(new PlannedBuild(
                        "b",
                        Instant.EPOCH,
                        Duration.ZERO,
                        List.of(
                                new Stage("one", MachineNeed.LIGHT, first, List.of(), null, false),
                                new Stage(
                                        "two",
                                        MachineNeed.LIGHT,
                                        Duration.ofMillis(100),
                                        List.of("one"),
                                        null,
                                        true)))),
                1);
    }

    @Test
    void aJobThatFailsIsReportedAndWhatWaitsForItToo() throws Exception {
        machine("light", "amd64", 1);
        try (DemandDriver driver = driver()) {
            DemandReport report = driver.play(two(Duration.ofMinutes(1)), Duration.ofSeconds(30), progress -> {
                if (jenkins.controller().lab().busyExecutors() == 1) {
                    jenkins.faults().inject(new Fault.AgentDisconnected("light"), Scope.everything());
                }
            });
            assertThat(report.isComplete()).isFalse();
            assertThat(report.lost()).containsExactly("b-one: FAILURE", "b-two: never begun");
        }
    }

    @Test
    void aJobThatNobodyRunsIsReportedWhenPatienceEnds() throws Exception {
        try (DemandDriver driver = driver()) {
            DemandReport report = driver.play(two(Duration.ofMillis(10)), Duration.ofMillis(500), progress -> {});
            assertThat(report.lost()).containsExactly("b-one: not finished", "b-two: never begun");
        }
    }

    @Test
    void aControllerThatFailsForAWhileLosesNothing() throws Exception {
        machine("light", "amd64", 1);
        jenkins.faults().inject(new Fault.Status(500), Scope.everything().times(4));
        jenkins.faults()
                .inject(new Fault.Reset(true), Scope.under("/createItem").times(1));
        jenkins.faults()
                .inject(new Fault.Reset(true), Scope.under("/job/b-one/build").times(1));
        try (DemandDriver driver = driver()) {
            DemandReport report = driver.play(two(Duration.ofMillis(300)), Duration.ofSeconds(20), progress -> {});
            assertThat(report.lost()).isEmpty();
            assertThat(report.finished()).isEqualTo(2);
        }
        assertThat(jenkins.controller().lab().work()).as("nothing ran twice").hasSize(2);
    }
}
