package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever finds a host in quarantine finds what to do by its reason. */
class HostRunbookTest {
    private static final String SECTION = "### ";

    @Test
    void everyTroubleHasItsPage() throws IOException {
        List<String> sections = Files.readAllLines(Path.of("../docs/host-runbook.md")).stream()
                .filter(line -> line.startsWith(SECTION))
                .map(line -> line.substring(SECTION.length()))
                .toList();
        assertThat(sections)
                .containsExactlyElementsOf(Arrays.stream(TroubleKind.values())
                        .map(TroubleKind::reason)
                        .toList());
    }
}
