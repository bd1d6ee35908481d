package dev.shedmaster.lab.robot.key;

import java.time.Instant;

/** A public key that the account knows. */
public record StoredKey(String name, PublicKeyText text, Instant createdAt) {

    public String fingerprint() {
        return text.md5();
    }

    StoredKey named(String other) {
        return new StoredKey(other, text, createdAt);
    }
}
