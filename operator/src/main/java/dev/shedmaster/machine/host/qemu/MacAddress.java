package dev.shedmaster.machine.host.qemu;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A worker's address on its network, always the same. Of 50 workers on one network two have one address once in 13,000
 * times.
 */
final class MacAddress {
    /** What QEMU's machines begin with. */
    private static final String PREFIX = "52:54:00";

    private MacAddress() {}

    static String of(String worker) {
        byte[] hash = sha256(worker.getBytes(StandardCharsets.UTF_8));
        return PREFIX + ":%02x:%02x:%02x".formatted(hash[0], hash[1], hash[2]);
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
