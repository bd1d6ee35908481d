package dev.shedmaster.api.v1alpha1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of this repository that are made from the records. {@code make crds} writes them. */
final class GeneratedFiles {

    static final Path CRDS = Path.of("generated");
    static final Path RELEASED = Path.of("released");
    static final Path EXAMPLES = Path.of("..", "examples");
    static final Path API_REFERENCE = Path.of("..", "docs", "api.md");

    private GeneratedFiles() {}

    /** Whether this run shall write the files instead of comparing them. */
    static boolean toBeWritten() {
        return Boolean.getBoolean("shedmaster.regenerate");
    }

    static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
