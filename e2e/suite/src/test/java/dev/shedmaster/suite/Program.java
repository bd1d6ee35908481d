package dev.shedmaster.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the command line, with what each call of it begins with. */
public record Program(Path path, List<String> first, Map<String, String> environment) {

    private static final int SECONDS = 120;

    /** What a call came to; what it printed on both channels, in order. */
    public record Outcome(List<String> command, int status, String output) {

        /** What it printed; it must have succeeded. */
        public String mustSucceed() {
            assertThat(status).as("%s: %s", command, output).isZero();
            return output;
        }

        /** What it printed; it must have refused. */
        public String mustFail() {
            assertThat(status).as("%s: %s", command, output).isNotZero();
            return output;
        }
    }

    public Outcome run(String... arguments) {
        return runWith("", List.of(arguments));
    }

    public Outcome runWith(String input, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(path.toString());
        command.addAll(first);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
            return new Outcome(command, process.exitValue(), output);
        } catch (IOException e) {
            throw new AssertionError(command + " does not run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted during " + command, e);
        }
    }
}
