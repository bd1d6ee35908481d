package dev.shedmaster.suite.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.demand.DemandDriver;
import dev.shedmaster.lab.demand.DemandEvent;
import dev.shedmaster.lab.demand.DemandEvents;
import dev.shedmaster.lab.demand.DemandReplay;
import dev.shedmaster.lab.demand.DemandReport;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A night as the first users have it. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class NightStoryTest {
    private static final Instant NINE = Instant.parse("2026-11-24T21:00:00Z");

    /** An hour of the night in three seconds of ours. */
    private static final double SPEED = 1200;

    @Test
    void aNightOfSixBuildsAllRunsAndLeavesNothing(Trial trial) throws InterruptedException {
        World world = trial.served();
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(
                        PoolText.named("builders")
                                .labels("amd64, docker")
                                .scaling("max: 12, idleTimeout: 5s")
                                .lifecycle(""),
                        PoolText.named("testers")
                                .labels("amd64, kvm, sudo")
                                .machine("architecture: amd64, cpus: 8, memory: 32Gi, kvm: Required")
                                .scaling("max: 20, idleTimeout: 5s"),
                        PoolText.named("light")
                                .jenkins("serverRef: {name: jenkins}, labels: [amd64], executors: 4")
                                .machine("architecture: amd64, cpus: 2, memory: 8Gi")
                                .placement(world, "main", "Standard_D2ds_v5", "OnDemand")
                                .scaling("max: 20, idleTimeout: 5s")
                                .lifecycle(""));
        DemandEvent nightly = new DemandEvent(NINE, DemandEvent.Kind.NIGHTLY, "main", null);
        DemandReplay night = DemandReplay.of(
                new DemandEvents(Collections.nCopies(6, nightly)),
                new DemandReplay.Choice(NINE.minusSeconds(60), NINE.plusSeconds(60), 7, SPEED, false));
        DemandReport report;
        try (DemandDriver driver = new DemandDriver(
                world.lab().jenkins().url(),
                JenkinsOptions.ADMIN.name(),
                JenkinsOptions.ADMIN.token(),
                InstantSource.system(),
                Duration.ofMillis(500))) {
            report = driver.play(night, Trial.PATIENCE, progress -> {});
        }
        assertThat(report.lost()).as("lost jobs").isEmpty();
        assertThat(report.finished()).isEqualTo(night.stageCount()).isGreaterThan(100);
        fleet.awaitNoWorkers();
        fleet.assertOneMachineForEachName();
    }
}
