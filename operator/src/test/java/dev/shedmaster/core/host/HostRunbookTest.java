package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever finds a host in quarantine finds what to do by its reason. */
class HostRunbookTest {
    private static final String SECTION = "### ";

    @Test
    void everyTroubleAndEveryAilmentHasItsPage() throws IOException {
        List<String> sections = Files.readAllLines(Path.of("../docs/host-runbook.md")).stream()
                .filter(line -> line.startsWith(SECTION))
                .map(line -> line.substring(SECTION.length()))
                .toList();
        Stream<String> troubles = Arrays.stream(TroubleKind.values()).map(TroubleKind::reason);
        Stream<String> ailments = Arrays.stream(AilmentKind.values()).map(AilmentKind::reason);
        assertThat(sections)
                .containsExactlyElementsOf(Stream.concat(troubles, ailments).toList());
    }
}
