package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AppointmentsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Appointments appointments = new Appointments(10);

    @Test
    void turnsAreAsFarApartAsTheRateSays() {
        assertThat(appointments.make("a", NOON.plusSeconds(5), NOON)).isEqualTo(NOON.plusSeconds(5));
        assertThat(appointments.make("b", NOON.plusSeconds(5), NOON)).isEqualTo(NOON.plusMillis(5_100));
        assertThat(appointments.make("c", NOON.plusSeconds(9), NOON)).isEqualTo(NOON.plusSeconds(9));
        assertThat(appointments.promisedUntil(NOON)).isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    void whoAsksTooEarlyIsToldTheSameTimeAndPushesNobodyBack() {
        Instant first = appointments.make("a", NOON.plusSeconds(5), NOON);

        assertThat(appointments.keeps("a", NOON.plusSeconds(1))).isFalse();
        assertThat(appointments.make("a", NOON.plusSeconds(8), NOON.plusSeconds(1)))
                .isEqualTo(first);
        assertThat(appointments.promisedUntil(NOON)).isEqualTo(first);
    }

    @Test
    void anAppointmentIsKeptOnce() {
        Instant at = appointments.make("a", NOON.plusSeconds(5), NOON);

        assertThat(appointments.keeps("b", at)).isFalse();
        assertThat(appointments.keeps("a", at)).isTrue();
        assertThat(appointments.keeps("a", at)).isFalse();
        assertThat(appointments.promisedUntil(at)).as("to nobody").isEqualTo(Instant.MIN);
    }

    @Test
    void whoDoesNotComeIsForgotten() {
        Instant at = appointments.make("a", NOON.plusSeconds(5), NOON);

        assertThat(appointments.promisedUntil(at.plus(Appointments.KEPT_FOR))).isEqualTo(at);
        assertThat(appointments.promisedUntil(at.plus(Appointments.KEPT_FOR).plus(Duration.ofMillis(1))))
                .isEqualTo(Instant.MIN);
        assertThat(appointments.keeps("a", at.plus(Duration.ofMinutes(2)))).isFalse();
    }
}
