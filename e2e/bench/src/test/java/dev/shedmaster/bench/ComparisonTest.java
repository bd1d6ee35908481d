package dev.shedmaster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.bench.simulation.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Outcome outcome(int wait, int hours, int runs) {
        List<Duration> waits = List.of(Duration.ofSeconds(wait));
        Duration paid = Duration.ofHours(hours);
        return new Outcome(
                waits, List.of(Duration.ZERO), Duration.ofSeconds(9), 0, 2, 0, paid, paid, paid, hours, runs);
    }

    private static Comparison comparison() {
        LinkedHashMap<String, Outcome> outcomes = new LinkedHashMap<>();
        outcomes.put("ours", outcome(40, 10, 2));
        outcomes.put("theirs", outcome(60, 5, 2));
        return Comparison.ofBurst("a title", outcomes);
    }

    @Test
    void othersAreMultiplesOfOurs() {
        Comparison.Row theirs = comparison().rows().get(1);
        assertThat(theirs.figures()).containsEntry("waitMeanSeconds", 60.0).containsEntry("machineHours", 2.5);
        assertThat(theirs.ofOurs())
                .containsEntry("waitMeanSeconds", 1.5)
                .containsEntry("machineHours", 0.5)
                .containsEntry("lastStartSeconds", 1.0)
                .doesNotContainKey("stuckJobs")
                .doesNotContainKey("beyondBootMeanSeconds");
    }

    @Test
    void itIsPrintedAsATable() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        comparison().print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(1)).isEqualTo("a title");
        assertThat(lines.get(3)).startsWith("ours").contains("40.00");
        assertThat(lines.get(4))
                .startsWith("theirs")
                .contains("1.50×")
                .contains("0.50×")
                .contains(" 0.00");
    }
}
