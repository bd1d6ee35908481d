package dev.shedmaster.machine.host;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

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
            List.of("common", "network", "images", "start", "end", "collect", "list", "probe", "health", "main");

    static HostProgram bundled() {
        String text = "#!/bin/sh\n" + Chapters.joined("host", CHAPTERS);
        return new HostProgram(text, digestOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digestOf(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform has no SHA-256", e);
        }
    }
}
