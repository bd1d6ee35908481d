package dev.shedmaster.kube.host;

import dev.shedmaster.machine.robot.OpenSshPublicKey;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.ssh.SshIdentity;
import java.util.Map;

/**
 * The SSH key with which we sign in to servers: those of an account, or one that others have installed.
 *
 * @param privateKey as its Secret has it
 * @param publicKey what servers are to know of it
 */
public record AccountKey(String privateKey, OpenSshPublicKey publicKey) {
    static final String PRIVATE = "ssh-privatekey";
    static final String PUBLIC = "ssh-publickey";

    private static final String BEGINNING = "PRIVATE KEY-----";

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
        if (!privateKey.contains(BEGINNING)) {
            throw new IllegalArgumentException("has no private key under " + PRIVATE
                    + ": put in what ssh-keygen -t ed25519 -N '' writes, whole, not its .pub file");
        }
        OpenSshPublicKey publicKey = publicHalf(privateKey);
        String given = values.getOrDefault(PUBLIC, "");
        if (!given.isBlank() && !publicKey(given).equals(publicKey)) {
            throw new IllegalArgumentException(
                    "has two keys that do not belong together: correct " + PUBLIC + ", or leave it out");
        }
        return new AccountKey(privateKey, publicKey);
    }

    private static OpenSshPublicKey publicHalf(String privateKey) {
        try {
            return OpenSshPublicKey.of(SshIdentity.of(privateKey).publicKey());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "has a private key that cannot be used: it is cut short, damaged, of a form that is not known here, or has a"
                            + " passphrase, which nobody could type. Put in what ssh-keygen -t ed25519 -N '' writes, whole",
                    e);
        }
    }

    private static OpenSshPublicKey publicKey(String given) {
        try {
            return OpenSshPublicKey.of(given);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has no public key under " + PUBLIC + ", which " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "AccountKey[" + publicKey.line() + "]";
    }
}
