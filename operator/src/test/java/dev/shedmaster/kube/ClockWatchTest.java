package dev.shedmaster.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private Instant timeOfDay = Instant.parse("2026-11-24T21:00:00Z");
    private long nanos = 7;
    private int steps;
    private final ClockWatch watch = new ClockWatch(() -> timeOfDay, () -> nanos, () -> steps++);

    private void pass(Duration byTheClock, Duration really) {
        timeOfDay = timeOfDay.plus(byTheClock);
        nanos += really.toNanos();
        watch.look();
    }

    @Test
    void timeThatPassesIsNoStep() {
        pass(Duration.ofSeconds(5), Duration.ofSeconds(5));
        pass(Duration.ofHours(1), Duration.ofHours(1));
        assertThat(steps).isZero();
    }

    @Test
    void aSmallCorrectionIsNoStep() {
        pass(Duration.ofSeconds(7), Duration.ofSeconds(5));
        pass(Duration.ofSeconds(3), Duration.ofSeconds(5));
        assertThat(steps).isZero();
    }

    @Test
    void everyStepIsNoticedOnceAheadAndBack() {
        pass(Duration.ofHours(2), Duration.ofSeconds(5));
        assertThat(steps).isEqualTo(1);
        pass(Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThat(steps).isEqualTo(1);
        pass(Duration.ofHours(-2), Duration.ofSeconds(5));
        assertThat(steps).isEqualTo(2);
    }
}
