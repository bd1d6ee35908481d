package dev.shedmaster.lab.robot.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/**
 * A public key as people write it, with what Robot says of it.
 *
 * @param line in OpenSSH's form, without a comment
 * @param type such as {@code ED25519}
 * @param size in bits
 * @param md5 its fingerprint as Robot names keys: hexadecimal with colons
 */
public record PublicKeyText(PublicKey key, String line, String type, int size, String md5) {
    private static final String SSH2_BEGIN = "---- BEGIN SSH2 PUBLIC KEY ----";

    /** Reads OpenSSH's or SSH2's form; empty when it is neither. */
    public static Optional<PublicKeyText> parse(String text) {
        String stripped = text.strip();
        String line = stripped.startsWith(SSH2_BEGIN) ? fromSsh2(stripped) : stripped;
        if (line.isEmpty()) {
            return Optional.empty();
        }
        try {
            PublicKeyEntry entry = PublicKeyEntry.parsePublicKeyEntry(line);
            return Optional.of(of(entry.resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING)));
        } catch (IOException | GeneralSecurityException | RuntimeException noKey) {
            // What is broken inside of a key comes as exceptions of many types, some of them unchecked.
            return Optional.empty();
        }
    }

    public static PublicKeyText of(PublicKey key) {
        return new PublicKeyText(
                key,
                PublicKeyEntry.toString(key),
                typeOf(KeyUtils.getKeyType(key)),
                sizeOf(key),
                bare(KeyUtils.getFingerPrint(BuiltinDigests.md5, key)).toLowerCase(Locale.ROOT));
    }

    /** The SHA-256 fingerprint in base64, without padding and without a prefix, as Robot tells host keys. */
    public String sha256() {
        return bare(KeyUtils.getFingerPrint(BuiltinDigests.sha256, key));
    }

    private static String bare(String fingerprint) {
        return fingerprint.substring(fingerprint.indexOf(':') + 1);
    }

    /** MINA SSHD does not tell the size of the one type that has no other. */
    private static int sizeOf(PublicKey key) {
        return KeyPairProvider.SSH_ED25519.equals(KeyUtils.getKeyType(key)) ? 256 : KeyUtils.getKeySize(key);
    }

    private static String typeOf(String keyType) {
        if (keyType.startsWith("ecdsa-")) {
            return "ECDSA";
        }
        return keyType.substring(keyType.indexOf('-') + 1).toUpperCase(Locale.ROOT);
    }

    /**
     * OpenSSH's line of a key in the form of RFC 4716: headers have a colon, and those that are long go on behind a
     * backslash. Empty if there is no key in it.
     */
    private static String fromSsh2(String text) {
        List<String> lines = Arrays.asList(text.replace("\\\n", "").split("\\R"));
        String blob = lines.stream()
                .filter(line -> !line.startsWith("----") && !line.contains(":"))
                .map(String::strip)
                .collect(Collectors.joining());
        return keyType(blob).map(type -> type + " " + blob).orElse("");
    }

    /** A key begins with the length of its type's name, in four bytes, and the name. */
    private static Optional<String> keyType(String blob) {
        try {
            byte[] bytes = Base64.getDecoder().decode(blob);
            int length = bytes.length < 4 ? 0 : bytes[3];
            return length > 0 && bytes.length >= 4 + length
                    ? Optional.of(new String(bytes, 4, length, StandardCharsets.US_ASCII))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
