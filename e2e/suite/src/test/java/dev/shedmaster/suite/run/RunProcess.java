package dev.shedmaster.suite.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program as {@code make run} starts it, with a folder of its own for whatever is temporary. */
final class RunProcess implements AutoCloseable {
    private final Process process;
    private final Path temporary;
    private final Path output;
    private final Set<ProcessHandle> children = ConcurrentHashMap.newKeySet();

    private RunProcess(Process process, Path temporary, Path output) {
        this.process = process;
        this.temporary = temporary;
        this.output = output;
    }

    static RunProcess start(Path folder, String... options) throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                RunMain.class.getName()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RunProcess(process, temporary, output);
    }

    /** Whether it ended in time. Takes note of its children meanwhile. */
    boolean endsWithin(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            noteChildren();
            if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    boolean hasSaid(String text) throws IOException {
        noteChildren();
        return output().contains(text);
    }

    private void noteChildren() {
        process.descendants().forEach(children::add);
    }

    /** What a Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    int exitStatus() {
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** The processes that it started, and theirs. */
    Set<ProcessHandle> children() {
        return Set.copyOf(children);
    }

    List<ProcessHandle> survivors() {
        return children.stream().filter(ProcessHandle::isAlive).toList();
    }

    /** What it left of its files. The JVM's own are the JVM's. */
    List<Path> remains() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        survivors().forEach(ProcessHandle::destroyForcibly);
    }
}
