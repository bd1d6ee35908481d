package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void pausesGrowAndDoNotGrowForEver() {
        assertThat(List.of(1, 2, 3, 5, 6, 60).stream().map(HostRules.DEFAULT::pauseAfter))
                .containsExactly(
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(4),
                        Duration.ofMinutes(8),
                        Duration.ofMinutes(32),
                        Duration.ofHours(1),
                        Duration.ofHours(1));
    }

    @Test
    void aResetCountsForADay() {
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        Instant later = yesterday.plusSeconds(1);

        assertThat(HostRules.ofLastDay(List.of(yesterday, later, NOW), NOW)).containsExactly(later, NOW);
    }

    @Test
    void aKindOfTroubleIsAConditionsReason() {
        assertThat(TroubleKind.HOST_KEY_CHANGED.reason()).isEqualTo("HostKeyChanged");
        assertThat(TroubleKind.UNREACHABLE.reason()).isEqualTo("Unreachable");
    }
}
