package dev.shedmaster.machine.azure;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A public SSH key whose other half was thrown away as it was made. Azure refuses a Linux machine without a key or password,
 * and by default nobody is to log in.
 */
final class ThrowawayKey {
    private static final int BITS = 2048;

    private final ReentrantLock making = new ReentrantLock();
    private @Nullable String line;

    /** The line for {@code authorized_keys}; made once, when it is first asked for. */
    String line() {
        making.lock();
        try {
            String made = line;
            if (made == null) {
                made = make();
                line = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    private static String make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            put(wire, "ssh-rsa".getBytes(StandardCharsets.US_ASCII));
            put(wire, number(key.getPublicExponent()));
            put(wire, number(key.getModulus()));
            return "ssh-rsa " + Base64.getEncoder().encodeToString(wire.toByteArray()) + " nobody";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no RSA", e);
        }
    }

    private static byte[] number(BigInteger value) {
        return value.toByteArray();
    }

    private static void put(ByteArrayOutputStream wire, byte[] part) {
        wire.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
        wire.writeBytes(part);
    }
}
