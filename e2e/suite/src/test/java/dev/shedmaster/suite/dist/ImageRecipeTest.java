package dev.shedmaster.suite.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.suite.dist.Recipe.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** No image is built here: that takes a registry and an engine. What the recipe refers to is there, and the chart fits it. */
@DisplayName("The Dockerfile fits what is packaged and what the chart runs")
class ImageRecipeTest {

    @Test
    void itStartsTheProgramThatIsPackaged() throws IOException {
        Recipe recipe = Recipe.read();
        String[] copy = recipe.stage("operator").only("COPY").split(" ", -1);
        String entryPoint = recipe.last().only("ENTRYPOINT").replaceAll("[\\[\\]\"]", "");
        assertThat(copy[0]).as("what is packaged, see operator/pom.xml").isEqualTo("operator/target/dist");
        assertThat(entryPoint).startsWith(copy[1] + "/");
        assertThat(Recipe.ROOT.resolve("operator/src/dist").resolve(entryPoint.substring(copy[1].length() + 1)))
                .isExecutable();
    }

    @Test
    void itRunsAsTheUserOfTheChartOnTheJavaOfTheProject() throws IOException {
        Recipe recipe = Recipe.read();
        String[] user = recipe.last().only("USER").split(":", -1);
        assertThat(Files.readString(Recipe.ROOT.resolve("charts/shedmaster/templates/deployment.yaml")))
                .contains("runAsUser: " + user[0])
                .contains("runAsGroup: " + user[1]);
        String java = Files.readString(Recipe.ROOT.resolve("pom.xml"))
                .replaceAll("(?s).*<maven.compiler.release>(\\d+)<.*", "$1");
        assertThat(recipe.stage("operator").base()).endsWith(":" + java + "-jre");
    }

    @Test
    void theCacheIsRecordedByTheJvmThatWillUseItOnTheSameJars() throws IOException {
        Recipe recipe = Recipe.read();
        assertThat(recipe.stage("recording").base()).isEqualTo("operator");
        assertThat(recipe.last().base()).isEqualTo("operator");
        assertThat(recipe.stages()).extracting(Stage::name).containsExactly("operator", "recording", "");
    }

    @Test
    void nothingButWhatItCopiesAndMountsIsSentToTheEngine() throws IOException {
        List<String> ignored = Files.readAllLines(Recipe.ROOT.resolve(".dockerignore"));
        assertThat(ignored)
                .containsExactly(
                        "*",
                        "!operator/target/dist",
                        "operator/target/dist/shedmaster.aot",
                        "!operator/target/recording");
        assertThat(Recipe.read().stage("recording").only("RUN")).contains("source=operator/target/recording,");
    }
}
