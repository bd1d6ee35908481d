package dev.shedmaster.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Iterator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The key by which we prove to servers who we are. */
public final class SshIdentity {
    private final KeyPair pair;

    private SshIdentity(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * Reads a private key.
     *
     * @param privateKey as {@code ssh-keygen} writes it, without a passphrase
     * @throws IllegalArgumentException if it is none, with a sentence for whoever gave it, which holds nothing of it
     */
    public static SshIdentity of(String privateKey) {
        // Of a Secret that was typed, the last line's end is often missing, without which the key's end is not found.
        String whole = privateKey.strip() + "\n";
        try {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("the private key"),
                    new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8)),
                    FilePasswordProvider.EMPTY);
            Iterator<KeyPair> found = pairs == null ? null : pairs.iterator();
            if (found == null || !found.hasNext()) {
                throw unreadable();
            }
            return new SshIdentity(found.next());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unreadable();
        }
    }

    /** The public key on one line, in OpenSSH's form, for a server's {@code authorized_keys}. */
    public String publicKey() {
        return PublicKeyEntry.toString(pair.getPublic());
    }

    KeyPair pair() {
        return pair;
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException(
                "this is no private key without a passphrase: give one as ssh-keygen -t ed25519 -N '' makes it");
    }
}
