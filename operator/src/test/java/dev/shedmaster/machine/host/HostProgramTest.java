package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name ../etc|sha256 S|format tar|url https://a/b",
                "name .stock|sha256 S|format tar|url https://a/b",
                "name a b|sha256 S|format tar|url https://a/b",
                "|sha256 S|format tar|url https://a/b",
                "name a|sha256 abc|format tar|url https://a/b",
                "name a|sha256 ../../../../etc/passwd|format tar|url https://a/b",
                "name a|sha256 S|format raw|url https://a/b",
                "name a|sha256 S|format tar|url file:///etc/shadow",
                "name a|sha256 S|format tar|url https://a/\"\noutput = /etc/passwd",
                "name a|sha256 S|format tar|url https://a/b|output /etc/passwd"
            })
    void anImageThatIsNoneIsNotFetched(String order) throws Exception {
        String lines = order.replace("S", "0123456789abcdef".repeat(4)).replace('|', '\n') + "\n";
        for (String shell : SHELLS) {
            assertThat(run(shell, lines, List.of("fetch")).status())
                    .as("%s under %s", order, shell)
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "abc", "../../etc", "0123456789ABCDEF"})
    void whatIsNoChecksumIsNotDropped(String checksum) throws Exception {
        for (String verb : List.of("drop", "unfetched")) {
            for (String shell : SHELLS) {
                assertThat(run(shell, verb, checksum).status()).isEqualTo(3);
            }
        }
    }

    @Test
    void whoSaysNothingIsToldWhatThereIs() throws Exception {
        for (String shell : SHELLS) {
            assertThat(run(shell)).satisfies(ended -> {
                assertThat(ended.status()).isEqualTo(3);
                assertThat(ended.output())
                        .contains("list, start, stop, logs, collect, probe, health, fetch, drop or version");
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
        return run(interpreter, "", List.of(arguments));
    }

    private Ended run(String interpreter, String input, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(interpreter.split(" ")));
        assumeTrue(
                Files.isExecutable(Path.of("/bin", command.getFirst())),
                () -> command.getFirst()
                        + " is not installed: install the Debian packages dash, busybox-static and shellcheck");
        command.add(folder.resolve("program").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
