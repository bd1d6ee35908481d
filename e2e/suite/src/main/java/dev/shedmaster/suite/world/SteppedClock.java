package dev.shedmaster.suite.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of one process, which may jump while the process runs, as a machine's clock does when somebody sets it. It is
 * libfaketime that shifts what the whole process is told of the time of day, our own code and every library alike; the
 * monotonic clock goes on undisturbed, as it does on a real machine.
 */
public final class SteppedClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path library;
    private final Path offset;

    private SteppedClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** Where Debian's package {@code faketime} has put its library; nothing where the package is not installed. */
    public static Optional<Path> library() {
        try (Stream<Path> folders = Files.list(LIBRARIES)) {
            return folders.map(folder -> folder.resolve(LIBRARY))
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A clock that is right.
     *
     * @param folder takes the file by which it is set
     */
    public static SteppedClock in(Path folder, Path library) {
        SteppedClock clock = new SteppedClock(library, folder.resolve("clock-offset"));
        clock.set(Duration.ZERO);
        return clock;
    }

    /** What a process is to be started with. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                // Reading the file at each look at the clock, the process would do little else.
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Its remedy for a fault of other C libraries ends half of the JVM's timed waits at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** Makes it wrong by so much from now on: ahead of the right time, or behind it if negative. */
    public void set(Duration ahead) {
        try {
            Path next = offset.resolveSibling(offset.getFileName() + ".next");
            Files.writeString(next, "%+d\n".formatted(ahead.toSeconds()));
            Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
