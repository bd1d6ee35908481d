package dev.shedmaster.machine.robot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key as OpenSSH writes it, without its comment.
 *
 * @param type such as {@code ssh-ed25519}
 * @param blob the key itself, in Base64
 */
public record OpenSshPublicKey(String type, String blob) {

    /**
     * Reads a line of {@code authorized_keys}.
     *
     * @throws IllegalArgumentException saying what it must be
     */
    public static OpenSshPublicKey of(String line) {
        String[] parts = line.strip().split("\\s+", 3);
        if (parts.length < 2 || !parts[0].matches("(ssh|ecdsa)-[-a-z0-9]+")) {
            throw notOne();
        }
        byte[] wire = decoded(parts[1]);
        if (!parts[0].equals(typeIn(wire))) {
            throw notOne();
        }
        return new OpenSshPublicKey(parts[0], Base64.getEncoder().encodeToString(wire));
    }

    /** Reads the key's form on the wire (RFC 4253, section 6.6), which begins with its type. */
    public static OpenSshPublicKey ofWire(byte[] wire) {
        return of(typeIn(wire) + " " + Base64.getEncoder().encodeToString(wire));
    }

    /** One line, as in {@code authorized_keys}. */
    public String line() {
        return type + " " + blob;
    }

    /** The fingerprint by which Robot knows keys: MD5 over the key, its bytes in hexadecimal digits with colons between. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(decoded(blob));
            return HexFormat.ofDelimiter(":").formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform has no MD5", e);
        }
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw notOne();
        }
    }

    private static String typeIn(byte[] wire) {
        if (wire.length < Integer.BYTES) {
            throw notOne();
        }
        int length = ByteBuffer.wrap(wire).getInt();
        if (length < 1 || length > wire.length - Integer.BYTES) {
            throw notOne();
        }
        return new String(wire, Integer.BYTES, length, StandardCharsets.US_ASCII);
    }

    private static IllegalArgumentException notOne() {
        return new IllegalArgumentException("must be a public key as OpenSSH writes it: ssh-ed25519 AAAA…");
    }
}
