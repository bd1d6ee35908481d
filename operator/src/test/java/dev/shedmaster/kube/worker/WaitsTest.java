package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.worker.Held;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static final Instant NINE = Instant.parse("2026-11-24T21:00:00Z");

    private final Waits waits = new Waits();

    private static Instant at(int minute) {
        return NINE.plus(Duration.ofMinutes(minute));
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    private Duration waited(int minute) {
        return waits.until("w", at(minute)).byUs();
    }

    @Test
    void whoNeverHadToWaitHasNotWaited() {
        waits.ends("w", at(0));
        assertThat(waited(5)).isZero();
    }

    @Test
    void aWaitLastsUntilTheTurnHowOftenSoeverItIsTold() {
        waits.begins("w", Waits.For.TURN, at(0), minutes(3));
        assertThat(waited(2)).isEqualTo(minutes(2));
        waits.begins("w", Waits.For.TURN, at(3), minutes(4));
        assertThat(waited(4)).isEqualTo(minutes(4));
        waits.ends("w", at(5));
        assertThat(waited(60)).isEqualTo(minutes(5));
    }

    @Test
    void aWaitIsOverWhenTheTurnIsDueOrHasCome() {
        assertThat(waits.isWaiting("w", at(0))).isFalse();
        waits.begins("w", Waits.For.TURN, at(0), minutes(3));
        assertThat(waits.isWaiting("w", at(2))).isTrue();
        assertThat(waits.isWaiting("w", at(3))).isFalse();
        waits.begins("w", Waits.For.TURN, at(3), minutes(3));
        waits.ends("w", at(4));
        assertThat(waits.isWaiting("w", at(4))).isFalse();
    }

    @Test
    void waitsAddUp() {
        waits.begins("w", Waits.For.TURN, at(0), minutes(1));
        waits.ends("w", at(1));
        waits.begins("w", Waits.For.TURN, at(10), minutes(5));
        assertThat(waited(12)).isEqualTo(minutes(3));
        waits.ends("w", at(12));
        waits.ends("w", at(20));
        assertThat(waited(30)).isEqualTo(minutes(3));
    }

    @Test
    void whatKeepsItFromAskingAfterItsTurnWasDueDoesNotCount() {
        waits.begins("w", Waits.For.TURN, at(0), minutes(3));
        assertThat(waited(60)).isEqualTo(minutes(3));
        waits.begins("w", Waits.For.TURN, at(60), minutes(3));
        assertThat(waited(61)).isEqualTo(minutes(4));
    }

    @Test
    void aClockThatIsSetBackTakesNothingAway() {
        waits.begins("w", Waits.For.TURN, at(0), minutes(4));
        waits.ends("w", at(4));
        waits.begins("w", Waits.For.TURN, at(10), minutes(5));
        assertThat(waited(9)).isEqualTo(minutes(4));
    }

    @Test
    void whetherItWaitsForItsRegistrationIsWhatItWasToldLast() {
        assertThat(waits.isUnregistered("w")).isFalse();
        waits.begins("w", Waits.For.REGISTRATION, at(0), minutes(2));
        assertThat(waits.isUnregistered("w")).isTrue();
        waits.begins("w", Waits.For.TURN, at(2), minutes(2));
        assertThat(waits.isUnregistered("w")).isFalse();
        waits.begins("w", Waits.For.REGISTRATION, at(4), minutes(2));
        waits.ends("w", at(5));
        assertThat(waits.isUnregistered("w")).isFalse();
        assertThat(waits.until("w", at(9))).isEqualTo(new Held(minutes(2), minutes(3)));
    }

    @Test
    void whoIsGoneIsForgotten() {
        waits.begins("w", Waits.For.TURN, at(0), minutes(5));
        waits.forget("w");
        assertThat(waited(5)).isZero();
    }
}
