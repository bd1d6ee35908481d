package dev.shedmaster.suite.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.suite.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a machine lacks is installed where that is allowed, and named where it is not")
class MachineNeedsTest {

    private static final Path SCRIPTS = Path.of("..", "..", "scripts").toAbsolutePath();

    /** Stands before the machine's own programs. */
    @TempDir
    Path bin;

    private Path calls;

    @BeforeEach
    void aMachineWithoutThePackage() throws IOException {
        calls = Files.createFile(bin.resolve("calls"));
        program("apt-cache", "echo '  Candidate: 1.0'");
        program("apt-get", "echo \"$@\" >>" + calls);
        program("id", "echo 0");
        program("sudo", "exit 1");
    }

    @Test
    void rootInstallsThemAfterOneUpdate() throws IOException {
        needPackages("absent-one=one", "absent-two=two", "sh=dash").mustSucceed();
        assertThat(Files.readAllLines(calls))
                .satisfiesExactly(
                        update -> assertThat(update).endsWith(" update"),
                        install -> assertThat(install).endsWith(" install --no-install-recommends one two"));
    }

    @Test
    void whatIsThereIsNotInstalled() throws IOException {
        needPackages("sh=dash").mustSucceed();
        assertThat(calls).isEmptyFile();
    }

    @Test
    void aFileIsNamedByItsPath() throws IOException {
        Path there = Files.createFile(bin.resolve("firmware"));
        needPackages(there + "=one", bin.resolve("absent") + "=two").mustSucceed();
        assertThat(Files.readAllLines(calls)).last().asString().endsWith(" --no-install-recommends two");
    }

    @Test
    void othersAreToldInOneLine() throws IOException {
        program("id", "echo 1000");
        String words = needPackages("absent-one=one", "absent-two=two").mustFail();
        assertThat(words)
                .isEqualTo("shedmaster: install these packages (named as in Debian), then try again: one two\n");
        assertThat(calls).isEmptyFile();
    }

    @Test
    void sudoWithoutAPasswordWillDo() throws IOException {
        program("id", "echo 1000");
        program("sudo", "[ \"$1\" = -n ] && shift && exec \"$@\"");
        needPackages("absent-one=one").mustSucceed();
        assertThat(Files.readAllLines(calls)).last().asString().endsWith(" one");
    }

    @Test
    void aNewerJdkOfTheCallersIsTaken(@TempDir Path folder) throws IOException {
        Path jdk = jdk(folder.resolve("jdk"), "26.0.1");
        assertThat(findJdk(jdk).mustSucceed()).isEqualTo(jdk + "\n");
    }

    @Test
    void anOlderOneIsPassedOver(@TempDir Path folder) throws IOException {
        Path old = jdk(folder.resolve("old"), "17.0.15");
        Path right = jdk(folder.resolve("home/.sdkman/candidates/java/25-tem"), "25.0.3");
        String found = new Program(
                        SCRIPTS.resolve("find-jdk.sh"),
                        List.of(),
                        environment(Map.of(
                                "JAVA_HOME",
                                old.toString(),
                                "HOME",
                                folder.resolve("home").toString(),
                                "SDKMAN_DIR",
                                "")))
                .run()
                .mustSucceed();
        // The machine's own may come first; it is a 25 all the same.
        assertThat(found.strip()).isNotEqualTo(old.toString());
        assertThat(Files.readString(Path.of(found.strip(), "release"))).contains("JAVA_VERSION=\"25");
        assertThat(right).exists();
    }

    private Program.Outcome needPackages(String... needs) {
        return new Program(SCRIPTS.resolve("need-packages.sh"), List.of(), environment(Map.of())).run(needs);
    }

    private Program.Outcome findJdk(Path javaHome) {
        return new Program(
                        SCRIPTS.resolve("find-jdk.sh"),
                        List.of(),
                        environment(Map.of("JAVA_HOME", javaHome.toString())))
                .run();
    }

    private Map<String, String> environment(Map<String, String> further) {
        Map<String, String> all = new java.util.HashMap<>(further);
        all.put("PATH", bin + ":" + System.getenv("PATH"));
        return all;
    }

    private void program(String name, String body) throws IOException {
        executable(bin.resolve(name), body);
    }

    private static Path jdk(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        executable(folder.resolve("bin/javac"), "exit 1");
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return folder;
    }

    private static void executable(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
