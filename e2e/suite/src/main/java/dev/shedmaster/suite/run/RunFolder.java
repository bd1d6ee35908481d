package dev.shedmaster.suite.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of one run: logs above all. They go with it, unless something went wrong that they may explain. */
final class RunFolder implements AutoCloseable {
    private final Path path;
    private volatile boolean kept;

    private RunFolder(Path path) {
        this.path = path;
    }

    static RunFolder create() throws IOException {
        RunFolder folder = new RunFolder(Files.createTempDirectory("shedmaster-run-"));
        Runtime.getRuntime().addShutdownHook(new Thread(folder::close, "run-folder-end"));
        return folder;
    }

    Path path() {
        return path;
    }

    /** Where the key is that a user makes for the operator. */
    Path hostKey() {
        return path.resolve("host-key");
    }

    /** Where an emulated server's disks are; made by whoever needs it. */
    Path emulated() {
        return path.resolve("emulated");
    }

    Path labLog() {
        return path.resolve("lab.log");
    }

    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (kept || Files.notExists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }
}
