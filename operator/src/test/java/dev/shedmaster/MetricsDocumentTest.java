package dev.shedmaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever adds a metric tells users of it. */
class MetricsDocumentTest {
    private static final Pattern REGISTERED =
            Pattern.compile("(?:builder|counter|timer|gauge|count)\\(\\s*\"(shedmaster\\.[a-z.]+)\"");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(shedmaster\\.[a-z.]+)` \\|");

    @Test
    void everyMetricIsDocumentedAndNoOther() throws IOException {
        Set<String> registered = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                collect(REGISTERED, Files.readString(file), registered);
            }
        }
        Set<String> documented = new TreeSet<>();
        collect(DOCUMENTED, Files.readString(Path.of("../docs/metrics.md")), documented);

        assertThat(registered).hasSizeGreaterThan(15);
        assertThat(documented).isEqualTo(registered);
    }

    private static void collect(Pattern pattern, String text, Set<String> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
    }
}
