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

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
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
        turns.waits("w", at(0), minutes(3));
        assertThat(waited(2)).isEqualTo(minutes(2));
        turns.waits("w", at(3), minutes(4));
        assertThat(waited(4)).isEqualTo(minutes(4));
        turns.came("w", at(5));
        assertThat(waited(60)).isEqualTo(minutes(5));
    }

    @Test
    void aWaitIsOverWhenTheTurnIsDueOrHasCome() {
        assertThat(turns.isWaiting("w", at(0))).isFalse();
        turns.waits("w", at(0), minutes(3));
        assertThat(turns.isWaiting("w", at(2))).isTrue();
        assertThat(turns.isWaiting("w", at(3))).isFalse();
        turns.waits("w", at(3), minutes(3));
        turns.came("w", at(4));
        assertThat(turns.isWaiting("w", at(4))).isFalse();
    }

    @Test
    void waitsAddUp() {
        turns.waits("w", at(0), minutes(1));
        turns.came("w", at(1));
        turns.waits("w", at(10), minutes(5));
        assertThat(waited(12)).isEqualTo(minutes(3));
        turns.came("w", at(12));
        turns.came("w", at(20));
        assertThat(waited(30)).isEqualTo(minutes(3));
    }

    @Test
    void whatKeepsItFromAskingAfterItsTurnWasDueDoesNotCount() {
        turns.waits("w", at(0), minutes(3));
        assertThat(waited(60)).isEqualTo(minutes(3));
        turns.waits("w", at(60), minutes(3));
        assertThat(waited(61)).isEqualTo(minutes(4));
    }

    @Test
    void aClockThatIsSetBackTakesNothingAway() {
        turns.waits("w", at(0), minutes(4));
        turns.came("w", at(4));
        turns.waits("w", at(10), minutes(5));
        assertThat(waited(9)).isEqualTo(minutes(4));
    }

    @Test
    void whoIsGoneIsForgotten() {
        turns.waits("w", at(0), minutes(5));
        turns.forget("w");
        assertThat(waited(5)).isZero();
    }
}
