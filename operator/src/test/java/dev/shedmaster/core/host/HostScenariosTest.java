package dev.shedmaster.core.host;

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
 * The lives in {@code src/test/resources/host}, told by the rule and compared line by line.
 *
 * <p>After a wanted change, {@code -Dshedmaster.scenarios=rewrite} writes anew what the rule tells; read the difference
 * before it is committed. Without the property nothing is ever written.
 */
class HostScenariosTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/host");
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
        List<String> told = HostStory.told(written);
        if (REWRITE && !told.equals(written)) {
            Files.write(scenario, told);
            return;
        }
        firstDifference(written, told).ifPresent(line -> fail(comparison(scenario, written, told, line)));
    }

    @Test
    void coversEveryStateStepEffectAndTrouble() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path scenario : scenarios()) {
            all.append(String.join("\n", Files.readAllLines(scenario))).append('\n');
        }
        for (Class<?> state : HostState.class.getPermittedSubclasses()) {
            assertThat(all).containsPattern("(→|stays) " + state.getSimpleName() + "[ :]");
        }
        for (Step step : Step.values()) {
            assertThat(all).contains("(" + step + ")");
        }
        for (TroubleKind kind : TroubleKind.values()) {
            assertThat(all).containsAnyOf("(" + kind.reason() + ")", "(" + kind.reason() + ", until", kind.name());
        }
        for (Rung rung : Rung.values()) {
            assertThat(all).contains("do reboot by " + rung.words());
        }
        assertThat(all)
                .contains("do claim", "do ensure the key", "do arm the rescue system", "do disarm the rescue system")
                .contains("do inspect", "do look at the disks", "do install", "do collect the host keys", "do probe")
                .contains("do wipe", "do release", "do forget", "store, then", "overdue");
    }

    @Test
    void namesTheLineThatItCannotRead() {
        assertThat(catchThrowable(() -> HostStory.told(List.of("12:00:00 given Sleeping"))))
                .hasMessageContaining("12:00:00 given Sleeping");
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
