package dev.shedmaster.suite.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.suite.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Dockerfile's stages run, in plain folders instead of an engine's, on this JVM. */
@DisplayName("What the Dockerfile runs records a cache that its last stage takes")
class ImageRecordingTest {

    /** Its folders in the image, and those that stand for them. */
    @TempDir
    private Path folder;

    @BeforeEach
    void builtAndPackaged() {
        assumeTrue(
                Files.isDirectory(Recipe.ROOT.resolve("operator/target/dist/lib"))
                        && Files.isRegularFile(
                                Recipe.ROOT.resolve("e2e/control-plane/target/runtime-dependencies.txt")),
                "the operator is not packaged: mvn verify and make test do that, mvn test does not");
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "go"))),
                "there is no 'go' on the PATH: the kit's control plane is the one that it builds");
    }

    @Test
    void aCacheIsRecordedAndFitsUntilAJarChanges() throws IOException {
        Recipe recipe = Recipe.read();
        Path kit = folder.resolve("recording");
        program(Recipe.ROOT.resolve("scripts/recording-kit.sh"))
                .run(kit.toString())
                .mustSucceed();
        copyThePackage();

        assertThat(run(recipe.stage("recording").command()).mustSucceed()).contains("shedmaster.aot");
        String[] copy = recipe.last().only("COPY").split(" ", -1);
        assertThat(copy[0]).isEqualTo("--from=recording");
        Files.copy(Path.of(here(copy[1])), Path.of(here(copy[2])));

        String last = recipe.last().command();
        assertThat(run(last).mustSucceed()).contains("0.1.0");

        // What it is for: a cache that does not fit must not get into an image.
        Files.setLastModifiedTime(aJar(), FileTime.from(Instant.EPOCH));
        assertThat(run(last).mustFail()).containsIgnoringCase("AOT");
    }

    private void copyThePackage() {
        program(Path.of("/bin/sh"))
                .run(
                        "-ec",
                        "cd \"$1\"; mkdir opt tmp; cp -Rp \"$2\" opt/shedmaster; rm -f opt/shedmaster/shedmaster.aot",
                        "copy",
                        folder.toString(),
                        Recipe.ROOT.resolve("operator/target/dist").toString())
                .mustSucceed();
    }

    private Path aJar() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(here("/opt/shedmaster/lib")))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("shedmaster-operator"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A command of the image, with this test's folders in place of the image's. */
    private Program.Outcome run(String command) {
        return program(Path.of("/bin/sh")).run("-ec", here(command));
    }

    private String here(String command) {
        return command.replaceAll("(?<![\\w/.-])/(opt|tmp|recording)\\b", folder + "/$1");
    }

    private static Program program(Path path) {
        return new Program(
                path,
                List.of(),
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        // Not the developer's: the stage has no engine and no cluster.
                        "DOCKER_HOST",
                        "unix:///nobody",
                        "SHEDMASTER_CLUSTER",
                        ""));
    }
}
