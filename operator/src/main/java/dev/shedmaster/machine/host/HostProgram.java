package dev.shedmaster.machine.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The program that runs on servers of our own, as this operator brings it along.
 *
 * @param text the whole of it
 * @param digest its SHA-256, by which versions are told apart
 */
record HostProgram(String text, String digest) {
    /** On Flatcar all of {@code /usr} is read-only. */
    static final String PATH = "/opt/shedmaster/shedmaster-host";

    /** The chapters of the program, in their order. */
    private static final List<String> CHAPTERS =
            List.of("common", "network", "start", "end", "collect", "list", "probe", "main");

    static HostProgram bundled() {
        String text = CHAPTERS.stream().map(HostProgram::chapter).collect(Collectors.joining("\n", "#!/bin/sh\n", ""));
        return new HostProgram(text, digestOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String chapter(String name) {
        try (InputStream stream = HostProgram.class.getResourceAsStream("/host/" + name + ".sh")) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks host/" + name + ".sh");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digestOf(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform has no SHA-256", e);
        }
    }
}
