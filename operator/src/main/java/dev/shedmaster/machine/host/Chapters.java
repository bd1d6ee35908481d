package dev.shedmaster.machine.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The parts of which a program of shell is made, as they are in the jar. */
final class Chapters {
    private Chapters() {}

    /** Joins the chapters of a folder, in this order. */
    static String joined(String folder, List<String> names) {
        return names.stream().map(name -> text(folder + "/" + name + ".sh")).collect(Collectors.joining("\n"));
    }

    private static String text(String path) {
        try (InputStream stream = Chapters.class.getResourceAsStream("/" + path)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
