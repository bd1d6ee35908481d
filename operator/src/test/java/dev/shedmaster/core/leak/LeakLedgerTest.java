package dev.shedmaster.core.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.core.leak.LeakLedger.Reading;
import dev.shedmaster.core.leak.LeakLedger.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeakLedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Rules RULES = new Rules(2, Duration.ofMinutes(5), 2, false);

    @Test
    void oneSightingIsNoLeakHoweverLongAgo() {
        Reading first = LeakLedger.empty(RULES).observe(Set.of("a"), NOON);
        assertThat(first.ripe()).isEmpty();
        assertThat(first.young()).isEqualTo(1);

        Reading second = first.ledger().observe(Set.of("a"), NOON.plusSeconds(300));
        assertThat(second.ripe()).containsExactly("a");
    }

    @Test
    void twoSightingsInsideTheGraceAreNone() {
        Reading second =
                LeakLedger.empty(RULES).observe(Set.of("a"), NOON).ledger().observe(Set.of("a"), NOON.plusSeconds(299));
        assertThat(second.ripe()).isEmpty();
        assertThat(second.withheld()).isEmpty();
        assertThat(second.young()).isEqualTo(1);
    }

    @Test
    void whatWasMissingOnceStartsAfresh() {
        LeakLedger ledger = LeakLedger.empty(RULES).observe(Set.of("a"), NOON).ledger();
        ledger = ledger.observe(Set.of(), NOON.plusSeconds(200)).ledger();
        Reading back = ledger.observe(Set.of("a"), NOON.plusSeconds(400));
        assertThat(back.ripe()).isEmpty();
        assertThat(back.ledger().observe(Set.of("a"), NOON.plusSeconds(699)).ripe())
                .isEmpty();
        assertThat(back.ledger().observe(Set.of("a"), NOON.plusSeconds(700)).ripe())
                .containsExactly("a");
    }

    @Test
    void theCapHoldsAndTheOldestGoFirst() {
        LeakLedger ledger = LeakLedger.empty(RULES).observe(Set.of("c"), NOON).ledger();
        ledger = ledger.observe(Set.of("a", "b", "c"), NOON.plusSeconds(60)).ledger();
        Reading reading = ledger.observe(Set.of("a", "b", "c"), NOON.plusSeconds(600));
        assertThat(reading.ripe()).containsExactly("c", "a");
        assertThat(reading.withheld()).containsExactly("b");
    }

    @Test
    void whatResistsDoesNotHoldTheCap() {
        LeakLedger ledger =
                LeakLedger.empty(RULES).observe(Set.of("a", "b", "c"), NOON).ledger();
        Reading first = ledger.observe(Set.of("a", "b", "c"), NOON.plusSeconds(300));
        assertThat(first.ripe()).containsExactly("a", "b");
        Reading second = first.ledger().observe(Set.of("a", "b", "c"), NOON.plusSeconds(360));
        assertThat(second.ripe()).containsExactly("c", "a");
    }

    @Test
    void aDryRunTellsAndDeletesNothing() {
        LeakLedger ledger = LeakLedger.empty(new Rules(2, Duration.ZERO, 5, true));
        Reading reading = ledger.observe(Set.of("a"), NOON).ledger().observe(Set.of("a", "b"), NOON.plusSeconds(1));
        assertThat(reading.ripe()).isEmpty();
        assertThat(reading.withheld()).isEqualTo(List.of("a"));
        assertThat(reading.young()).isEqualTo(1);
    }

    @Test
    void aClockThatStepsBackDeletesNothing() {
        LeakLedger ledger = LeakLedger.empty(RULES).observe(Set.of("a"), NOON).ledger();
        assertThat(ledger.observe(Set.of("a"), NOON.minusSeconds(3600)).ripe()).isEmpty();
    }

    @Test
    void oneSightingCannotBeConfigured() {
        assertThatThrownBy(() -> new Rules(1, Duration.ZERO, 1, false)).hasMessageContaining("sightings");
    }
}
