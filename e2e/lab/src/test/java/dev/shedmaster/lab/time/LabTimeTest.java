package dev.shedmaster.lab.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The lab's clocks, and the times that are drawn from its distributions. */
class LabTimeTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void aManualClockRunsWhatFallsDueInOrderAndAtItsOwnMoment() {
        ManualClock clock = new ManualClock(START);
        List<String> ran = new ArrayList<>();
        clock.schedule(Duration.ofSeconds(20), () -> ran.add("second at " + clock.instant()));
        clock.schedule(Duration.ofSeconds(10), () -> {
            ran.add("first at " + clock.instant());
            clock.schedule(Duration.ofSeconds(5), () -> ran.add("between at " + clock.instant()));
        });
        clock.schedule(Duration.ofSeconds(15), () -> ran.add("never")).cancel();
        clock.schedule(Duration.ofMinutes(5), () -> ran.add("later"));

        clock.advance(Duration.ofMinutes(1));

        assertThat(ran)
                .containsExactly(
                        "first at 2026-11-24T12:00:10Z",
                        "between at 2026-11-24T12:00:15Z",
                        "second at 2026-11-24T12:00:20Z");
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void aFasterClockTellsClientsTheirOwnSecondsRoundedUp() {
        try (ScaledClock clock = new ScaledClock(60)) {
            assertThat(clock.forClients(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
            assertThat(clock.clientSeconds(Duration.ofMinutes(40))).isEqualTo(40);
            assertThat(clock.clientSeconds(Duration.ofSeconds(61))).isEqualTo(2);
            assertThat(clock.clientSeconds(Duration.ZERO)).isZero();
        }
    }

    @Test
    void aFasterClockRunsALabHourInAMoment() throws Exception {
        try (ScaledClock clock = new ScaledClock(360_000)) {
            Instant before = clock.instant();
            CountDownLatch ran = new CountDownLatch(1);
            clock.schedule(Duration.ofHours(1), ran::countDown);
            assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(clock.instant()).isAfterOrEqualTo(before.plus(Duration.ofHours(1)));
        }
    }

    @Test
    void aClosedClockPlansNothing() {
        ScaledClock clock = ScaledClock.real();
        clock.close();
        List<String> ran = new ArrayList<>();
        clock.schedule(Duration.ZERO, () -> ran.add("after the end")).cancel();
        assertThat(ran).isEmpty();
        assertThatThrownBy(() -> new ScaledClock(0)).hasMessageContaining("above 0");
    }

    @Test
    void timesAreDrawnFromTheDistributionAndTheSeedDecidesThem() {
        Latency boot = Latency.lognormal(Duration.ofSeconds(45), 0.4);
        List<Duration> drawn = drawn(boot, 7);

        assertThat(drawn).isEqualTo(drawn(boot, 7)).isNotEqualTo(drawn(boot, 8));
        long shorter = drawn.stream()
                .filter(time -> time.compareTo(Duration.ofSeconds(45)) < 0)
                .count();
        assertThat(shorter).as("the median").isBetween(4_700L, 5_300L);
        // e^(0.4 x 2.326) = 2.54 medians is the 99th percentile.
        assertThat(drawn.stream().filter(time -> time.compareTo(Duration.ofSeconds(114)) > 0))
                .hasSizeBetween(50, 160);

        assertThat(drawn(Latency.uniform(Duration.ofSeconds(1), Duration.ofSeconds(3)), 1))
                .allMatch(time ->
                        time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(Duration.ofSeconds(3)) <= 0);
        assertThat(Latency.stuck().draw(new SplittableRandom(1))).isEmpty();
        assertThatThrownBy(() -> Latency.uniform(Duration.ofSeconds(3), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Duration> drawn(Latency latency, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            times.add(latency.draw(random).orElseThrow());
        }
        return times;
    }
}
