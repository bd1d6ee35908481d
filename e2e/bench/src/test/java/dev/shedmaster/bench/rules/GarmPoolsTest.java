package dev.shedmaster.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Trial;
import dev.shedmaster.bench.simulation.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GarmPoolsTest {
    private static final GarmPools RULE = new GarmPools("GARM", GarmPools.DEFAULT_BACK_OFF, 0);
    private static final Duration BOOT = Duration.ofSeconds(60);

    @Test
    void aJobIsLeftToOthersForHalfAMinute() {
        Watched one = Watched.run(Trial.of(Trial.task(60, 0)), RULE, Trial.boot(BOOT));
        assertThat(one.launches())
                .singleElement()
                .satisfies(launch -> assertThat(launch).isBetween(30.0, 40.0));
        assertThat(one.outcome().paid().minus(BOOT).minus(BOOT)).isLessThanOrEqualTo(Duration.ofSeconds(5));
        Watched sooner = Watched.run(
                Trial.of(Trial.task(60, 0)), new GarmPools("GARM", Duration.ofSeconds(5), 0), Trial.boot(BOOT));
        assertThat(sooner.launches().getFirst()).isBetween(5.0, 15.0);
    }

    /** Measured: the first after 36.6 s, half of them by 68 s, the last after 122.6 s. */
    @Test
    void aBurstIsMetAsTheRealOneWasSeenToMeetIt() {
        Watched burst = Watched.run(Trial.burst(1000, 600, 0), RULE, Trial.boot(BOOT));
        assertThat(burst.launches().getFirst()).isBetween(30.0, 40.0);
        assertThat(burst.launches().get(500)).isBetween(60.0, 90.0);
        assertThat(burst.launches().getLast()).isBetween(110.0, 125.0);
        assertThat(burst.outcome().machines()).isEqualTo(1000);
    }

    @Test
    void recordingTakesLongerTheMoreThereAre() {
        assertThat(secondsToRecord(1000)).isCloseTo(80, within(1.0));
        assertThat(secondsToRecord(3000)).isBetween(480.0, 570.0);
    }

    private static double secondsToRecord(int runners) {
        return IntStream.rangeClosed(1, runners)
                        .mapToObj(GarmScaler::timeToRecord)
                        .reduce(Duration.ZERO, Duration::plus)
                        .toMillis()
                / 1000.0;
    }

    /** Ten minutes locked, then half a minute as if new: the second runner. It finds nothing to do and goes. */
    @Test
    void aJobThatWaitsForTenMinutesGetsASecondRunner() {
        Watched slow = Watched.run(Trial.of(Trial.task(600, 0)), RULE, Trial.boot(Duration.ofMinutes(20)));
        assertThat(slow.launches()).hasSize(2);
        assertThat(slow.launches().get(1)).isBetween(30 + 600 + 30.0, 30 + 600 + 30 + 20.0);
        assertThat(slow.outcome().unused()).isOne();
        assertThat(slow.outcome().idle()).isLessThanOrEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aJobThatNoHookToldOfIsNeverServed() {
        Watched lost = Watched.run(Trial.of(Trial.task(60, 0)), new GarmPools("GARM", BOOT, 1), Trial.boot(BOOT));
        assertThat(lost.launches()).isEmpty();
        assertThat(lost.outcome().stuck()).isOne();
    }

    /** A job that nobody knows of takes the runner of the next one, which is then given another. */
    @Test
    void whoeverIsRobbedOfARunnerGetsAnother() {
        double first = new SplittableRandom(0).nextDouble();
        double second = new SplittableRandom(1).nextDouble();
        GarmPools rule = new GarmPools("GARM", Duration.ofSeconds(30), (first + second) / 2);
        boolean firstIsLost = first < second;
        Watched robbed = Watched.run(
                Trial.of(Trial.task(600, firstIsLost ? 0 : 100), Trial.task(600, firstIsLost ? 100 : 0)),
                rule,
                Trial.boot(BOOT));
        assertThat(robbed.launches()).hasSize(2);
        assertThat(robbed.launches().get(0)).isBetween(130.0, 140.0);
        assertThat(robbed.launches().get(1)).isBetween(190 + 30.0, 200 + 40.0);
        assertThat(robbed.outcome().stuck()).isZero();
    }

    @Test
    void poolsThatServeAJobTakeTurns() {
        Pool plain = new Pool("plain", Set.of("amd64"), 1);
        Pool kvm = new Pool("kvm", Set.of("amd64", "kvm"), 2);
        Workload workload = new Workload(
                List.of(plain, kvm),
                List.of(
                        Trial.task(Set.of("amd64"), 5, 0),
                        Trial.task(Set.of("amd64"), 5, 0),
                        Trial.task(Set.of("amd64", "kvm"), 5, 0),
                        Trial.task(Set.of("amd64"), 5, 0)),
                Duration.ofHours(1));
        assertThat(Watched.run(workload, RULE, Trial.boot(BOOT)).pools())
                .containsExactly("plain", "kvm", "kvm", "plain");
    }
}
