package dev.shedmaster.lab.jenkins.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The agents' secrets: a keyed digest of the node's name, so the same again for a node made again. */
public final class Secrets {
    private final SecretKeySpec key;

    /** A stand-in's secrets depend on its seed only. */
    public Secrets(String seed) {
        key = new SecretKeySpec(seed.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** 64 hexadecimal digits. */
    public String of(String node) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(node.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
