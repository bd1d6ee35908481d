package dev.shedmaster.suite.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The operator as it is packaged runs from anywhere")
class RunnableLayoutTest {

    private static final Path DIST = Path.of("..", "..", "operator", "target", "dist");

    private record Ended(int status, String output) {}

    @BeforeEach
    void packaged() {
        assumeTrue(
                Files.isDirectory(DIST.resolve("lib")),
                "the operator is not packaged: mvn verify and make test do that, mvn test does not");
    }

    @Test
    void byALinkFromAFolderWithASpace(@TempDir Path folder) throws IOException, InterruptedException {
        Path link = Files.createDirectories(folder.resolve("of its own")).resolve("shedmaster");
        Files.createSymbolicLink(link, program());
        Ended ended = run(folder, Map.of(), link.toString(), "--version");
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("0.1.0");
    }

    @Test
    void withTheOptionsOfTheJvmThatThePersonGives(@TempDir Path folder) throws IOException, InterruptedException {
        Map<String, String> options = Map.of("JAVA_OPTS", "-XX:+PrintFlagsFinal -Xmx300m");
        Ended ended = run(folder, options, program().toString(), "--version");
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(flag(ended, "MaxHeapSize")).isEqualTo("" + 300 * 1024 * 1024);
        assertThat(flag(ended, "UseSerialGC")).isEqualTo("true");
    }

    @Test
    void aCacheThatDoesNotFitIsNoObstacleAndNotAWordInWhatIsPrinted(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path cache = Files.writeString(folder.resolve("other.aot"), "not a cache");
        Map<String, String> options = Map.of("JAVA_OPTS", "-XX:AOTCache=" + cache);
        Ended ended = run(folder, options, program().toString(), "--version");
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output()).matches("shedmaster \\S+\n");
    }

    @Test
    void anOlderJavaIsRefusedWithWhatToDo(@TempDir Path folder) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(folder.resolve("old").resolve("bin"));
        Files.copy(Path.of("/bin/true"), bin.resolve("java"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(folder.resolve("old").resolve("release"), "JAVA_VERSION=\"17.0.19\"\n");
        Ended ended = run(
                folder,
                Map.of("JAVA_HOME", folder.resolve("old").toString()),
                program().toString(),
                "--version");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).contains("is Java 17: set JAVA_HOME to a JDK or JRE 25");
    }

    @Test
    void aMissingJavaIsNamed(@TempDir Path folder) throws IOException, InterruptedException {
        Ended ended = run(folder, Map.of("JAVA_HOME", "/nowhere"), program().toString(), "--version");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).contains("there is no /nowhere/bin/java: install a JDK or JRE 25");
    }

    @Test
    void itEndsAsItsCommandDoes(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(run(folder, Map.of(), program().toString(), "no-such-command")
                        .status())
                .isNotZero();
    }

    @Test
    void itSaysWhatIsInside() throws IOException {
        JsonNode bill =
                new ObjectMapper().readTree(DIST.resolve("sbom.cdx.json").toFile());
        Set<String> listed = new TreeSet<>();
        bill.path("components")
                .forEach(component -> listed.add(component.path("name").asText() + "-"
                        + component.path("version").asText() + ".jar"));
        JsonNode itself = bill.path("metadata").path("component");
        listed.add(itself.path("name").asText() + "-" + itself.path("version").asText() + ".jar");
        try (Stream<Path> jars = Files.list(DIST.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()).collect(Collectors.toSet()))
                    .isNotEmpty()
                    .isEqualTo(listed);
        }
    }

    private static Path program() throws IOException {
        return DIST.resolve("bin").resolve("shedmaster").toRealPath();
    }

    private static String flag(Ended ended, String name) {
        return ended.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("\\w+ " + name + " .*"))
                .map(line -> line.replaceFirst(".*= *(\\S+) .*", "$1"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no flag " + name + " in " + ended.output()));
    }

    private static Ended run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
