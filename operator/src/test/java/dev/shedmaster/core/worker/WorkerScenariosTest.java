package dev.shedmaster.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lives in {@code src/test/resources/worker}, told by the rule and compared line by line.
 *
 * <p>After a wanted change, {@code -Dshedmaster.scenarios=rewrite} writes anew what the rule tells; read the difference
 * before it is committed. Without the property nothing is ever written.
 */
class WorkerScenariosTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/worker");
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("shedmaster.scenarios"));

    static List<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".scenario"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void tellsTheLifeAsWritten(Path scenario) throws IOException {
        List<String> written = Files.readAllLines(scenario);
        List<String> told = WorkerStory.told(written);
        if (REWRITE && !told.equals(written)) {
            Files.write(scenario, told);
            return;
        }
        firstDifference(written, told).ifPresent(line -> fail(comparison(scenario, written, told, line)));
    }

    @Test
    void coversEveryStateEffectAndCause() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path scenario : scenarios()) {
            all.append(String.join("\n", Files.readAllLines(scenario))).append('\n');
        }
        assertThat(scenarios()).hasSizeGreaterThanOrEqualTo(35);
        for (Class<?> state : WorkerState.class.getPermittedSubclasses()) {
            if (state != WorkerState.Requested.class) {
                assertThat(all).contains("→ " + state.getSimpleName() + ": ");
            }
        }
        for (FailureKind kind : FailureKind.values()) {
            assertThat(all).contains("→ Failed: " + kind.describe());
        }
        assertThat(all)
                .contains("do ask for ")
                .contains("do look at the machine")
                .contains("do look at the agent")
                .contains("do stop accepting")
                .contains("do retire")
                .contains("do delete the machine")
                .contains("do remove the agent")
                .contains("do forget")
                .contains("store, then")
                .contains("overdue");
    }

    @Test
    void namesTheLineThatItCannotRead() {
        assertThat(catchThrowable(() -> WorkerStory.told(List.of("offers D8 Spot", "14:00:00 given Sleeping"))))
                .hasMessageContaining("14:00:00 given Sleeping");
    }

    private static OptionalInt firstDifference(List<String> written, List<String> told) {
        return IntStream.range(0, Math.max(written.size(), told.size()))
                .filter(line -> !at(written, line).equals(at(told, line)))
                .findFirst();
    }

    private static String comparison(Path scenario, List<String> written, List<String> told, int line) {
        StringBuilder text = new StringBuilder(
                "%s differs from line %d on (- as written, + as told)%n".formatted(scenario.getFileName(), line + 1));
        written.subList(Math.max(0, Math.min(line, written.size()) - 4), Math.min(line, written.size()))
                .forEach(same -> text.append("  ").append(same).append('\n'));
        for (int i = line; i < line + 6; i++) {
            text.append("- ").append(at(written, i)).append('\n');
        }
        for (int i = line; i < line + 6; i++) {
            text.append("+ ").append(at(told, i)).append('\n');
        }
        return text.append("If this is wanted: -Dshedmaster.scenarios=rewrite").toString();
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }
}
