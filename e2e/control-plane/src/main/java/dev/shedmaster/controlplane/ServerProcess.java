package dev.shedmaster.controlplane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One server's process, and the file that it logs to. */
record ServerProcess(String name, Process process, Path log) {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int TAIL = 15;

    /**
     * Returns when it is ready.
     *
     * @throws ControlPlaneFailure when it ends before, or is not ready in time, with the last lines of its log
     */
    void await(BooleanSupplier ready, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (!ready.getAsBoolean()) {
                if (process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failure("ended with status " + process.exitValue());
                }
                if (System.nanoTime() > end) {
                    throw failure("was not ready after " + deadline.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlPlaneFailure("interrupted while " + name + " started", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it ended because somebody else had its port. */
    boolean lostItsPort() {
        return !isAlive() && String.join("\n", lastLines()).contains("address already in use");
    }

    /** SIGKILL, and a wait until it is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw failure("cannot be killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ControlPlaneFailure failure(String what) {
        return new ControlPlaneFailure(
                name + " " + what + "; the end of " + log + ":\n  " + String.join("\n  ", lastLines()));
    }

    private List<String> lastLines() {
        try {
            // Not readAllLines: a server that is killed may leave half a character.
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
        } catch (IOException e) {
            return List.of("(cannot be read: " + e + ")");
        }
    }
}
