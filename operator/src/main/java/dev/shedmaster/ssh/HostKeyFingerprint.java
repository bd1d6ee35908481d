package dev.shedmaster.ssh;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;

/** By what host keys are told apart: {@code SHA256:…}, as OpenSSH prints it. */
public final class HostKeyFingerprint {
    private HostKeyFingerprint() {}

    /**
     * The fingerprint of a key.
     *
     * @param key a fingerprint, or a public key in OpenSSH's form
     * @throws IllegalArgumentException if it is neither
     */
    public static String of(String key) {
        String stripped = key.strip();
        if (stripped.matches("SHA256:[A-Za-z0-9+/]{43}=?")) {
            return stripped.replace("=", "");
        }
        try {
            AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(stripped);
            PublicKey read = entry == null ? null : entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
            if (read != null) {
                return KeyUtils.getFingerPrint(BuiltinDigests.sha256, read);
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Told below, in our words.
        }
        throw new IllegalArgumentException("the host key '" + stripped
                + "' is neither a fingerprint (SHA256:…) nor a public key in OpenSSH's form");
    }
}
