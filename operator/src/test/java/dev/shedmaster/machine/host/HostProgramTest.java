package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the program without a server: it is plain shell, and refuses what it must not touch. */
class HostProgramTest {
    private static final List<String> SHELLS = List.of("dash", "busybox sh");

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("program"), HostProgram.bundled().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "sm-",
                "ssh",
                "sm-arm-aaaaaaa",
                "sm-arm-aaaaaaaaa",
                "sm-arm-aaaaaaa1",
                "sm-arm-aaaa-aaa",
                "sm--aaaaaaaa/../x",
                "sm-ARM-aaaaaaaa",
                "sm-arm-aaaaaaaa ",
                "sm-arm-*",
                "sm-arm_-aaaaaaaa",
                "sm-aaaaaaaa",
                "sm-arm-aaaaaaaa;id"
            })
    void whatIsNoWorkersNameIsNotTouched(String name) throws Exception {
        for (String verb : List.of("start", "stop", "logs", "ended", "powerdown")) {
            for (String shell : SHELLS) {
                Ended ended = run(shell, verb, name, "x");
                assertThat(ended.status())
                        .as("%s %s under %s: %s", verb, name, shell, ended)
                        .isEqualTo(3);
                assertThat(ended.output()).contains("is no worker's name");
            }
        }
    }

    @Test
    void whoSaysNothingIsToldWhatThereIs() throws Exception {
        for (String shell : SHELLS) {
            assertThat(run(shell)).satisfies(ended -> {
                assertThat(ended.status()).isEqualTo(3);
                assertThat(ended.output()).contains("list, start, stop, logs, collect, probe, health or version");
            });
            assertThat(run(shell, "rm").status()).isEqualTo(3);
        }
    }

    /** Its chapters are checked together, since each uses what is in the others. */
    @Test
    void itPassesShellcheck() throws Exception {
        Ended ended = run("shellcheck --shell=sh");
        assertThat(ended).isEqualTo(new Ended(0, ""));
        assertThat(HostProgram.bundled().text().lines().filter(line -> line.length() > 120))
                .isEmpty();
    }

    @Test
    void itsVersionIsItsDigest() throws Exception {
        for (String shell : SHELLS) {
            assertThat(run(shell, "version"))
                    .isEqualTo(new Ended(0, HostProgram.bundled().digest() + "\n"));
        }
    }

    private record Ended(int status, String output) {}

    private Ended run(String interpreter, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(interpreter.split(" ")));
        assumeTrue(
                Files.isExecutable(Path.of("/bin", command.getFirst())),
                () -> command.getFirst()
                        + " is not installed: install the Debian packages dash, busybox-static and shellcheck");
        command.add(folder.resolve("program").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
