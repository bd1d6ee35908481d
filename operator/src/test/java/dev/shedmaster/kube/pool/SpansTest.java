package dev.shedmaster.kube.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpansTest {

    @Test
    void readsDurations() {
        assertThat(Spans.duration("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Spans.duration("15m")).isEqualTo(Duration.ofMinutes(15));
        assertThat(Spans.duration("0s")).isZero();
        assertThat(Spans.duration("1h1m1s")).isEqualTo(Duration.ofSeconds(3661));
    }

    @Test
    void refusesWhatIsNoDuration() {
        assertThatThrownBy(() -> Spans.duration("")).hasMessageContaining("1h30m");
        assertThatThrownBy(() -> Spans.duration("5 minutes")).hasMessageContaining("5 minutes");
        assertThatThrownBy(() -> Spans.duration("30m1h")).hasMessageContaining("30m1h");
    }

    @Test
    void readsQuantitiesInWholeGibibytes() {
        assertThat(Spans.gibibytes("64Gi")).isEqualTo(64);
        assertThat(Spans.gibibytes("1Ti")).isEqualTo(1024);
        assertThat(Spans.gibibytes("100G")).as("rounded up").isEqualTo(94);
    }

    @Test
    void readsMoney() {
        assertThat(Money.parse("20 EUR")).isEqualTo(new Money(20, "EUR"));
        assertThat(Money.parse("0.544 USD")).isEqualTo(new Money(0.544, "USD"));
    }
}
