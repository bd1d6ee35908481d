package dev.shedmaster.suite.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The image of a host, as {@code worker-images/} makes it. */
final class HostImage {
    static final String MISSING = "no image of a host is there: make images ARGS=host makes one in target/images, and"
            + " -Dshedmaster.hostImage=….raw.zst names another";

    private static final Path MADE = Path.of("../../target/images");

    private HostImage() {}

    /** The one that is named, or the last that was made. */
    static Optional<Path> find() throws IOException {
        String named = System.getProperty("shedmaster.hostImage", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        if (Files.notExists(MADE)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(MADE)) {
            return files.filter(file -> file.getFileName().toString().matches("host-.*-amd64\\.raw\\.zst"))
                    .max(Comparator.comparing(Path::toString));
        }
    }
}
