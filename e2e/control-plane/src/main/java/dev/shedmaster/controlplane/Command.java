package dev.shedmaster.controlplane;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A program that is run to its end.
 *
 * @param environment all the variables that it gets
 * @param errorLines hears each line of stderr as it comes
 */
record Command(List<String> line, Map<String, String> environment, Duration deadline, Consumer<String> errorLines) {

    static Command of(Surroundings surroundings, String... line) {
        return new Command(List.of(line), surroundings.variables(), Duration.ofSeconds(60), text -> {});
    }

    /** How it ended. */
    record Outcome(int status, String output, String errors) {
        boolean succeeded() {
            return status == 0;
        }
    }

    /** The output of a run that must succeed. */
    String output() {
        Outcome outcome = run("");
        if (!outcome.succeeded()) {
            throw new ControlPlaneFailure(
                    String.join(" ", line) + " failed: " + outcome.errors().strip());
        }
        return outcome.output();
    }

    /**
     * @throws ControlPlaneFailure when it cannot be started or does not end in time
     */
    Outcome run(String input) {
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try {
                CompletableFuture<String> output =
                        reading(() -> read(process.inputReader(StandardCharsets.UTF_8), text -> {}));
                CompletableFuture<String> errors =
                        reading(() -> read(process.errorReader(StandardCharsets.UTF_8), errorLines));
                try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                    stdin.write(input);
                } catch (IOException ignored) {
                    // It need not read all that it is given; its status says how it went.
                }
                if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new ControlPlaneFailure(String.join(" ", line) + " took longer than " + deadline);
                }
                return new Outcome(process.exitValue(), output.join(), errors.join());
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new ControlPlaneFailure("cannot run " + line.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlPlaneFailure("interrupted while " + line.getFirst() + " ran", e);
        }
    }

    private static CompletableFuture<String> reading(Supplier<String> reader) {
        return CompletableFuture.supplyAsync(reader, Thread::startVirtualThread);
    }

    /** All of it, without the end of its last line. */
    private static String read(BufferedReader reader, Consumer<String> each) {
        try (reader) {
            return reader.lines().peek(each).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
