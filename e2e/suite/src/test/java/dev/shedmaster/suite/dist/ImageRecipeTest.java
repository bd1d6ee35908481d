package dev.shedmaster.suite.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** No image is built here: that takes a registry. What the recipe refers to is there, and the chart fits it. */
@DisplayName("The Dockerfile fits what is packaged and what the chart runs")
class ImageRecipeTest {
    private static final Path ROOT = Path.of("..", "..");

    @Test
    void itStartsTheProgramThatIsPackaged() throws IOException {
        String[] copy = words("COPY ");
        String entryPoint = instruction("ENTRYPOINT ").replaceAll("[\\[\\]\"]", "");
        assertThat(copy[0]).as("what is packaged, see operator/pom.xml").isEqualTo("operator/target/dist");
        assertThat(entryPoint).startsWith(copy[1] + "/");
        assertThat(ROOT.resolve("operator/src/dist").resolve(entryPoint.substring(copy[1].length() + 1)))
                .isExecutable();
    }

    @Test
    void itRunsAsTheUserOfTheChartOnTheJavaOfTheProject() throws IOException {
        String[] user = instruction("USER ").split(":", -1);
        assertThat(Files.readString(ROOT.resolve("charts/shedmaster/templates/deployment.yaml")))
                .contains("runAsUser: " + user[0])
                .contains("runAsGroup: " + user[1]);
        String java =
                Files.readString(ROOT.resolve("pom.xml")).replaceAll("(?s).*<maven.compiler.release>(\\d+)<.*", "$1");
        assertThat(instruction("FROM ")).endsWith(":" + java + "-jre");
    }

    private static String[] words(String name) throws IOException {
        return instruction(name).split(" ", -1);
    }

    private static String instruction(String name) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("Dockerfile"));
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .reduce((first, second) -> {
                    throw new AssertionError("two lines begin with " + name);
                })
                .orElseThrow();
    }
}
