package dev.shedmaster.kube.host;

import dev.shedmaster.machine.robot.OpenSshPublicKey;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SSH key with which we sign in to the servers of an account.
 *
 * @param privateKey as its Secret has it
 * @param publicKey what servers are to know of it
 */
public record AccountKey(String privateKey, OpenSshPublicKey publicKey) {
    static final String PRIVATE = "ssh-privatekey";
    static final String PUBLIC = "ssh-publickey";

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final String OPENSSH = "OPENSSH PRIVATE KEY";

    /** How OpenSSH's own form begins, and the word in it for a key without a passphrase. */
    private static final String MAGIC = "openssh-key-v1\0";

    private static final String UNENCRYPTED = "none";

    /**
     * Reads a Secret.
     *
     * @param secret its name, for messages
     * @return {@code Invalid} naming what to put into it
     */
    static Outcome<AccountKey> of(String secret, Map<String, String> values) {
        try {
            return Outcome.done(read(values));
        } catch (IllegalArgumentException e) {
            String message = "spec.sshKey.secretRef: the Secret " + secret + " " + e.getMessage();
            return Outcome.failed(new PortError.Invalid("spec.sshKey", message));
        }
    }

    private static AccountKey read(Map<String, String> values) {
        String privateKey = values.getOrDefault(PRIVATE, "").strip();
        if (privateKey.isEmpty()) {
            throw new IllegalArgumentException("has no key " + PRIVATE + ": add it");
        }
        Matcher pem = PEM.matcher(privateKey);
        if (!pem.find()) {
            throw new IllegalArgumentException("has no private key under " + PRIVATE
                    + ": put in what ssh-keygen -t ed25519 -N '' writes, whole, not its .pub file");
        }
        String given = values.getOrDefault(PUBLIC, "");
        if (pem.group(1).equals(OPENSSH)) {
            OpenSshPublicKey publicKey = publicHalf(pem.group(2));
            if (!given.isBlank() && !publicKey(given).equals(publicKey)) {
                throw new IllegalArgumentException(
                        "has two keys that do not belong together: correct " + PUBLIC + ", or leave it out");
            }
            return new AccountKey(privateKey, publicKey);
        }
        if (privateKey.contains("ENCRYPTED")) {
            throw encrypted();
        }
        if (given.isBlank()) {
            throw new IllegalArgumentException("has no key " + PUBLIC
                    + ", which a private key in this form needs: add what" + " ssh-keygen -y prints of it");
        }
        return new AccountKey(privateKey, publicKey(given));
    }

    private static OpenSshPublicKey publicKey(String given) {
        try {
            return OpenSshPublicKey.of(given);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has no public key under " + PUBLIC + ", which " + e.getMessage(), e);
        }
    }

    /** OpenSSH's own form has the public half in the clear: after the cipher, how its key is derived, and the number of keys. */
    private static OpenSshPublicKey publicHalf(String base64) {
        try {
            ByteBuffer form = ByteBuffer.wrap(Base64.getMimeDecoder().decode(base64));
            byte[] magic = new byte[MAGIC.length()];
            form.get(magic);
            String cipher = new String(part(form), StandardCharsets.US_ASCII);
            part(form);
            part(form);
            if (!new String(magic, StandardCharsets.US_ASCII).equals(MAGIC) || form.getInt() != 1) {
                throw broken();
            }
            if (!cipher.equals(UNENCRYPTED)) {
                throw encrypted();
            }
            return OpenSshPublicKey.ofWire(part(form));
        } catch (BufferUnderflowException e) {
            throw broken();
        }
    }

    private static byte[] part(ByteBuffer form) {
        int length = form.getInt();
        if (length < 0 || length > form.remaining()) {
            throw broken();
        }
        byte[] part = new byte[length];
        form.get(part);
        return part;
    }

    private static IllegalArgumentException encrypted() {
        return new IllegalArgumentException(
                "has a private key with a passphrase, which nobody could type: make one without,"
                        + " as ssh-keygen -t ed25519 -N '' does");
    }

    private static IllegalArgumentException broken() {
        return new IllegalArgumentException("has a private key that is cut short or damaged: put it in whole");
    }

    @Override
    public String toString() {
        return "AccountKey[" + publicKey.line() + "]";
    }
}
