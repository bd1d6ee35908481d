package dev.shedmaster.lab.robot.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/** The keys by which an SSH server is known, one for each algorithm. */
public record HostKeys(List<KeyPair> pairs) {

    public HostKeys {
        pairs = List.copyOf(pairs);
    }

    public static HostKeys fresh() {
        try {
            return new HostKeys(List.of(
                    KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256),
                    KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This JVM cannot make the host keys of SSH servers", missing);
        }
    }

    /** What may be known of them. */
    public List<PublicKeyText> publicKeys() {
        return pairs.stream().map(pair -> PublicKeyText.of(pair.getPublic())).toList();
    }
}
