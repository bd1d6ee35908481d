package dev.shedmaster.bench.rules;

import static dev.shedmaster.bench.rules.JenkinsStandard.toProvision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.bench.simulation.Task;
import dev.shedmaster.bench.simulation.Trial;
import dev.shedmaster.bench.simulation.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JenkinsStandardTest {
    private static final JenkinsStandard RULE = new JenkinsStandard("standard", Duration.ofMinutes(3));

    @Test
    void whereThereIsNothingAtAllOneIsMadeAtOnce() {
        assertThat(toProvision(1, 0.1, 0, 0, 0, 0, 0)).isOne();
        assertThat(toProvision(1, 0.1, 0, 5, 0, 0, 0))
                .as("whatever was idle lately")
                .isOne();
        assertThat(toProvision(0, 0, 0, 0, 0, 0, 0)).isZero();
    }

    @Test
    void theSmoothedQueueCountsIfItIsTheShorter() {
        assertThat(toProvision(100, 10, 0, 0, 0, 0, 0)).as("floor(10 + 0.5)").isEqualTo(10);
        assertThat(toProvision(100, 19, 0, 0, 0, 10, 1)).as("floor(9 + 0.5)").isEqualTo(9);
        assertThat(toProvision(4, 60, 0, 0, 20, 0, 0)).as("floor(4 + 0.1)").isEqualTo(4);
    }

    @Test
    void ofWhatIsPlannedTheGreaterCounts() {
        assertThat(toProvision(10, 10, 0, 0, 30, 2, 7)).as("floor(3 + 0.1)").isEqualTo(3);
        assertThat(toProvision(10, 10, 0, 0, 30, 7, 2)).isEqualTo(3);
    }

    @Test
    void nothingIsMadeWhileAnythingWasIdleLately() {
        assertThat(toProvision(50, 50, 0, 0.1, 10, 0, 0)).isZero();
        assertThat(toProvision(50, 50, 0, 0.09, 10, 0, 0)).isEqualTo(50);
        assertThat(toProvision(50, 50, 1, 0, 10, 0, 0)).isZero();
    }

    @Test
    void theMoreIsOnlineTheNearerToAWholeMachineTheNeedMustCome() {
        assertThat(toProvision(1, 0.6, 0, 0, 1, 0, 0))
                .as("0.6 > 1 - 0.3 is not so")
                .isZero();
        assertThat(toProvision(1, 0.75, 0, 0, 1, 0, 0)).as("floor(0.75 + 0.3)").isOne();
        assertThat(toProvision(1, 0.88, 0, 0, 5, 0, 0))
                .as("0.88 > 1 - 0.1125 is not so")
                .isZero();
        assertThat(toProvision(1, 0.89, 0, 0, 5, 0, 0)).isOne();
    }

    /** The smoothed queue after n ticks is 100 (1 - 0.9^n): 10, 52 after 7, 88 to 90 after 20 to 22. */
    @Test
    void aBurstIsMetAsTheSmoothedQueueGrows() {
        Watched burst = Watched.run(Trial.burst(100, 3600, 0), RULE, Trial.boot(Duration.ofMinutes(10)));
        assertThat(burst.launches().getFirst()).isLessThanOrEqualTo(20);
        assertThat(burst.launchedBy(20)).isBetween(1L, 19L);
        assertThat(burst.launchedBy(70)).isBetween(40L, 60L);
        assertThat(burst.launchedBy(210)).isBetween(84L, 92L);
        assertThat(burst.launchedBy(300)).isBetween(94L, 97L);
        assertThat(burst.launchedBy(500)).isGreaterThanOrEqualTo(99);
    }

    @Test
    void machinesThatComeUpMakeRoomInThePlan() {
        Watched burst = Watched.run(Trial.burst(100, 3600, 0), RULE, Trial.boot(Duration.ofSeconds(80)));
        assertThat(burst.launchedBy(125)).isGreaterThanOrEqualTo(90);
        assertThat(burst.launchedBy(145)).isGreaterThanOrEqualTo(99);
        assertThat(burst.outcome().stuck()).isZero();
    }

    /** Ten idle machines that were taken at once: 10 × 0.9^n is below 0.1 only after 44 ticks. */
    @Test
    void aJobAfterABusyTimeWaitsUntilIdlenessIsForgotten() {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tasks.add(Trial.task(600, 0));
        }
        for (int i = 0; i < 11; i++) {
            tasks.add(Trial.task(1800, 1800));
        }
        Watched twice = Watched.run(
                new Workload(List.of(Trial.LINUX), tasks, Duration.ofHours(1)),
                new JenkinsStandard("standard", Duration.ofHours(1)),
                Trial.boot(Duration.ofSeconds(60)));
        int first = twice.launches().size() - 1;
        assertThat(twice.launches().get(first)).isBetween(1800 + 410.0, 1800 + 460.0);
    }

    @Test
    void idleMachinesGoAtTheNextFullMinute() {
        Watched one = Watched.run(Trial.of(Trial.task(600, 0)), RULE, Trial.boot(Duration.ofSeconds(60)));
        assertThat(one.outcome().idle()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
    }
}
