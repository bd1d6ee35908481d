package dev.shedmaster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of one run, gone with {@link #close()}.
 *
 * <p>A JVM that is killed leaves its folders, and those on tmpfs hold memory. So each is marked by a lock, which the
 * kernel drops with its process, and the next run clears away those whose lock is free. A lock tells more than a
 * process's number does, which means nothing in another container that shares the folder.
 */
final class ScratchFolder implements AutoCloseable {

    private static final String PREFIX = "shedmaster-control-plane-";
    private static final String OURS = PREFIX + ProcessHandle.current().pid() + "-";
    private static final String LOCK = "in-use";

    private final Path path;
    private final FileChannel mark;
    private volatile boolean kept;

    private ScratchFolder(Path path, FileChannel mark) {
        this.path = path;
        this.mark = mark;
    }

    /**
     * @param keepFor how long a folder that nobody uses any more is kept: what holds logs may still be read
     */
    static ScratchFolder in(Path base, Duration keepFor) {
        sweep(base, keepFor);
        try {
            Path path = Files.createTempDirectory(base, OURS);
            FileChannel mark =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            FileLock lock = mark.tryLock();
            if (lock == null) {
                throw new ControlPlaneFailure(path + " is in use by another process");
            }
            return new ScratchFolder(path, mark);
        } catch (IOException e) {
            throw new ControlPlaneFailure("cannot make a folder in " + base + ": " + e, e);
        }
    }

    Path path() {
        return path;
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(path.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has {@link #close()} leave the files, for people to read, until a later run clears them away. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        try {
            mark.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!kept) {
            delete(path);
        }
    }

    private static void sweep(Path base, Duration keepFor) {
        Instant before = Instant.now().minus(keepFor);
        try (Stream<Path> entries = Files.list(base)) {
            // Ours are left alone: POSIX has a process lose its lock as soon as it closes the file a second time.
            entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX)
                            && !entry.getFileName().toString().startsWith(OURS))
                    .filter(entry -> isAbandoned(entry.resolve(LOCK), before))
                    .forEach(ScratchFolder::delete);
        } catch (IOException | UncheckedIOException e) {
            // Another run may be clearing the same away; what stays now goes with the next.
            return;
        }
    }

    private static boolean isAbandoned(Path lockFile, Instant before) {
        try {
            if (Files.getLastModifiedTime(lockFile).toInstant().isAfter(before)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                return lock != null;
            }
        } catch (IOException e) {
            return false; // another user's, or one that is being made or removed
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (NoSuchFileException e) {
            return; // somebody else has removed it
        } catch (IOException | UncheckedIOException e) {
            // A server that was killed may still have been writing; the next run's sweep takes the rest.
            return;
        }
    }
}
