package dev.shedmaster.machine.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The programs of shell that the operator brings along, as texts. */
final class ShellProgram {
    private ShellProgram() {}

    static String bundled(String path) {
        try (InputStream stream = ShellProgram.class.getResourceAsStream("/" + path)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
