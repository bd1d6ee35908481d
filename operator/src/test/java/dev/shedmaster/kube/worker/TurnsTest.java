package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Instant NINE = Instant.parse("2026-11-24T21:00:00Z");

    private final Turns turns = new Turns();

    private static Instant at(int minute) {
        return NINE.plus(Duration.ofMinutes(minute));
    }

    private Duration waited(int minute) {
        return turns.waitedFor("w", at(minute));
    }

    @Test
    void whoNeverHadToWaitHasNotWaited() {
        turns.came("w", at(0));
        assertThat(waited(5)).isZero();
    }

    @Test
    void aWaitLastsUntilTheTurnHowOftenSoeverItIsTold() {
        turns.waits("w", at(0));
        assertThat(waited(2)).isEqualTo(Duration.ofMinutes(2));
        turns.waits("w", at(3));
        assertThat(waited(4)).isEqualTo(Duration.ofMinutes(4));
        turns.came("w", at(5));
        assertThat(waited(60)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void waitsAddUp() {
        turns.waits("w", at(0));
        turns.came("w", at(1));
        turns.waits("w", at(10));
        assertThat(waited(12)).isEqualTo(Duration.ofMinutes(3));
        turns.came("w", at(12));
        turns.came("w", at(20));
        assertThat(waited(30)).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aClockThatIsSetBackTakesNothingAway() {
        turns.waits("w", at(0));
        turns.came("w", at(4));
        turns.waits("w", at(10));
        assertThat(waited(9)).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void whoIsGoneIsForgotten() {
        turns.waits("w", at(0));
        turns.forget("w");
        assertThat(waited(5)).isZero();
    }
}
