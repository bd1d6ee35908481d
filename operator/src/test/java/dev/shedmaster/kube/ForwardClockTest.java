package dev.shedmaster.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ForwardClockTest {
    private static final Instant NINE = Instant.parse("2026-11-24T21:00:00Z");

    private Instant timeOfDay = NINE;
    private long nanos = 7;
    private final ForwardClock clock = new ForwardClock(() -> timeOfDay, () -> nanos);

    private void pass(Duration time) {
        timeOfDay = timeOfDay.plus(time);
        nanos += time.toNanos();
    }

    @Test
    void tellsTheTimeOfDay() {
        pass(Duration.ofMillis(1500));
        assertThat(clock.instant()).isEqualTo(NINE.plusMillis(1500));
    }

    @Test
    void followsAStepAheadAtOnce() {
        timeOfDay = NINE.plus(Duration.ofHours(2));
        assertThat(clock.instant()).isEqualTo(NINE.plus(Duration.ofHours(2)));
    }

    @Test
    void goesOnAtHalfSpeedAfterAStepBackUntilItIsRightAgain() {
        timeOfDay = NINE.minus(Duration.ofHours(2));
        assertThat(clock.instant()).isEqualTo(NINE);
        pass(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(NINE.plus(Duration.ofMinutes(30)));
        pass(Duration.ofHours(3));
        assertThat(clock.instant()).isEqualTo(NINE.plus(Duration.ofHours(2))).isEqualTo(timeOfDay);
        pass(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(timeOfDay);
    }

    @Test
    void isRightAgainAtOnceWhenAStepBackIsTakenBack() {
        timeOfDay = NINE.minus(Duration.ofHours(2));
        clock.instant();
        timeOfDay = NINE.plusSeconds(10);
        assertThat(clock.instant()).isEqualTo(timeOfDay);
    }
}
