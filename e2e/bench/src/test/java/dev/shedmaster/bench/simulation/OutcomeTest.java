package dev.shedmaster.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static Outcome of(List<Duration> waits, int lastStart, int machines) {
        Duration hour = Duration.ofHours(1);
        return new Outcome(waits, waits, Duration.ofSeconds(lastStart), 1, machines, 2, hour, hour, hour, 3, 1);
    }

    @Test
    void quantilesAreOfTheJobsThatWaited() {
        List<Duration> waits = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> Duration.ofSeconds(101 - i))
                .toList();
        Outcome outcome = of(waits, 0, 150);
        assertThat(outcome.waitQuantile(0.95)).isEqualTo(95);
        assertThat(outcome.waitBeyondBootQuantile(0.99)).isEqualTo(99);
        assertThat(outcome.waitQuantile(1)).isEqualTo(100);
        assertThat(outcome.meanWait()).isEqualTo(50.5);
        assertThat(outcome.machinesPerJob()).isEqualTo(1.5);
    }

    @Test
    void ofThreeTheThirdIsTheNinetyFifth() {
        List<Duration> waits = List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(9));
        assertThat(of(waits, 0, 1).waitQuantile(0.95)).isEqualTo(9);
        assertThat(of(waits, 0, 1).waitQuantile(0.5)).isEqualTo(2);
        assertThat(of(List.of(), 0, 1).waitQuantile(0.5)).isZero();
    }

    @Test
    void severalRunsAreAddedUpButForTheirLastStarts() {
        Outcome both = Outcome.together(List.of(
                of(List.of(Duration.ofSeconds(1)), 10, 3),
                of(List.of(Duration.ofSeconds(9), Duration.ofSeconds(2)), 30, 4)));
        assertThat(both.meanWait()).isEqualTo(4);
        assertThat(both.lastStart()).hasSeconds(20);
        assertThat(both.machines()).isEqualTo(7);
        assertThat(both.unused()).isEqualTo(4);
        assertThat(both.stuck()).isEqualTo(2);
        assertThat(both.paid()).hasHours(2);
        assertThat(both.cost()).isEqualTo(6);
        assertThat(both.runs()).isEqualTo(2);
    }
}
