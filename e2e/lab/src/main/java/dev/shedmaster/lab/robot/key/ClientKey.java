package dev.shedmaster.lab.robot.key;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/**
 * A key for somebody who goes to servers.
 *
 * @param privateKey as {@code ssh-keygen} writes it, without a passphrase
 */
public record ClientKey(String privateKey, PublicKeyText publicKey) {

    public static ClientKey fresh() {
        try {
            KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "lab", null, text);
            return new ClientKey(text.toString(StandardCharsets.UTF_8), PublicKeyText.of(pair.getPublic()));
        } catch (GeneralSecurityException | IOException missing) {
            throw new IllegalStateException("This JVM cannot make keys for SSH", missing);
        }
    }

    @Override
    public String toString() {
        return "ClientKey[" + publicKey.line() + "]";
    }
}
