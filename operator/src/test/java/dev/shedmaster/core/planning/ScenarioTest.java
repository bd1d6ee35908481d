package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rule, told in stories. Each file is a story whose plans are compared line by line with those made now. After a wanted
 * change of the rule {@code -Dshedmaster.scenarios=rewrite} writes the files anew; read the difference before committing it.
 */
class ScenarioTest {
    private static final Path STORIES = Path.of("src/test/resources/planning");
    private static final Path RETOLD = Path.of("target/scenarios");

    private static List<Path> stories() throws IOException {
        try (Stream<Path> files = Files.list(STORIES)) {
            return files.filter(file -> file.toString().endsWith(".scenario"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    List<DynamicTest> everyStoryGoesAsTold() throws IOException {
        return stories().stream()
                .map(story -> DynamicTest.dynamicTest(story.getFileName().toString(), () -> compare(story)))
                .toList();
    }

    @Test
    void thereAreEnoughStories() throws IOException {
        assertThat(stories()).hasSizeGreaterThanOrEqualTo(25);
    }

    private static void compare(Path story) throws IOException {
        List<String> retold = Scenario.retell(Files.readAllLines(story));
        if ("rewrite".equals(System.getProperty("shedmaster.scenarios"))) {
            Files.write(story, retold);
            return;
        }
        Path copy = RETOLD.resolve(story.getFileName());
        Files.createDirectories(RETOLD);
        Files.write(copy, retold);
        assertThat(copy)
                .as(
                        "the story as it goes now, against %s as it is told; if this is wanted: -Dshedmaster.scenarios=rewrite",
                        story)
                .hasSameTextualContentAs(story);
    }
}
