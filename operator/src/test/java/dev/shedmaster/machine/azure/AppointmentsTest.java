package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AppointmentsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Appointments appointments = new Appointments();

    @Test
    void whoAsksTooEarlyIsToldTheSameTimeAndPushesNobodyBack() {
        Instant first = appointments.make("a", NOON.plusSeconds(5), NOON);

        assertThat(first).isEqualTo(NOON.plusSeconds(5));
        assertThat(appointments.keeps("a", NOON.plusSeconds(1))).isFalse();
        assertThat(appointments.make("a", NOON.plusSeconds(8), NOON.plusSeconds(1)))
                .isEqualTo(first);
        assertThat(appointments.promised(NOON.plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void anAppointmentIsKeptOnce() {
        Instant at = appointments.make("a", NOON.plusSeconds(5), NOON);

        assertThat(appointments.keeps("b", at)).isFalse();
        assertThat(appointments.keeps("a", at)).isTrue();
        assertThat(appointments.keeps("a", at)).isFalse();
        assertThat(appointments.promised(at)).isZero();
    }

    @Test
    void whoHadNoLuckAtItsTimeGetsAnother() {
        Instant at = appointments.make("a", NOON.plusSeconds(5), NOON);

        assertThat(appointments.make("a", NOON.plusSeconds(9), at)).isEqualTo(NOON.plusSeconds(9));
        assertThat(appointments.promised(at)).isEqualTo(1);
    }

    @Test
    void whoDoesNotComeIsForgotten() {
        Instant at = appointments.make("a", NOON.plusSeconds(5), NOON);
        appointments.make("b", NOON.plusSeconds(1), NOON);

        assertThat(appointments.promised(at.plus(Appointments.KEPT_FOR)))
                .as("b did not come")
                .isEqualTo(1);
        assertThat(appointments.promised(at.plus(Appointments.KEPT_FOR).plus(Duration.ofMillis(1))))
                .isZero();
        assertThat(appointments.keeps("a", at.plus(Duration.ofMinutes(2)))).isFalse();
    }
}
