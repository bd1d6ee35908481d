package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookPaceTest {
    private static final Instant BEGUN = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9, 33, 60, 119, 240, 600})
    void whatIsDoneIsSeenAQuarterLateOrHalfAMinute(int seconds) {
        Duration late = Duration.between(BEGUN.plusSeconds(seconds), seenAt(Duration.ofSeconds(seconds)));
        assertThat(late)
                .isLessThanOrEqualTo(LookPace.LONGEST)
                .isLessThanOrEqualTo(
                        max(LookPace.SHORTEST, Duration.ofSeconds(seconds).dividedBy(4)));
    }

    /** Robot answers each kind of question 500 times an hour, and people and other programs ask with the same account. */
    @Test
    void aBootOfFiveMinutesCostsLittleOfWhatRobotAllows() {
        assertThat(looksUntil(Duration.ofMinutes(5))).isLessThan(25);
    }

    @Test
    void aClockThatWasSetBackMakesNobodyLookAtOnce() {
        assertThat(LookPace.next(BEGUN, BEGUN.minusSeconds(3600))).isEqualTo(BEGUN.minusSeconds(3598));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Instant seenAt(Duration done) {
        Instant look = BEGUN;
        while (look.isBefore(BEGUN.plus(done))) {
            look = LookPace.next(BEGUN, look);
        }
        return look;
    }

    private static int looksUntil(Duration done) {
        int looks = 1;
        for (Instant look = BEGUN; look.isBefore(BEGUN.plus(done)); look = LookPace.next(BEGUN, look)) {
            looks++;
        }
        return looks;
    }
}
