package dev.shedmaster.controlplane;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** The key pair by which the API server signs the tokens of ServiceAccounts and knows them again. */
record ServiceAccountKey(Path signing, Path verifying) {

    /** On an elliptic curve: an RSA key takes longer to make than the API server to start. */
    static ServiceAccountKey in(ScratchFolder folder) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new ServiceAccountKey(
                    folder.write(
                            "service-account.key",
                            pem("PRIVATE KEY", pair.getPrivate().getEncoded())),
                    folder.write(
                            "service-account.pub",
                            pem("PUBLIC KEY", pair.getPublic().getEncoded())));
        } catch (GeneralSecurityException e) {
            throw new ControlPlaneFailure("this JVM cannot make a key on the curve P-256", e);
        }
    }

    private static String pem(String kind, byte[] content) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
