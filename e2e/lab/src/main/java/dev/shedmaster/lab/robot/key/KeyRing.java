package dev.shedmaster.lab.robot.key;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The public keys of an account. A key is there once, whatever it is called. To be used by one at a time. */
public final class KeyRing {
    private final Map<String, StoredKey> byFingerprint = new LinkedHashMap<>();

    public List<StoredKey> all() {
        return List.copyOf(byFingerprint.values());
    }

    public Optional<StoredKey> find(String fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint.toLowerCase(Locale.ROOT)));
    }

    /** The new key; empty if the account has it already. */
    public Optional<StoredKey> add(String name, PublicKeyText text, Instant now) {
        StoredKey key = new StoredKey(name, text, now);
        return byFingerprint.putIfAbsent(key.fingerprint(), key) == null ? Optional.of(key) : Optional.empty();
    }

    public StoredKey rename(StoredKey key, String name) {
        StoredKey renamed = key.named(name);
        byFingerprint.put(key.fingerprint(), renamed);
        return renamed;
    }

    public void remove(StoredKey key) {
        byFingerprint.remove(key.fingerprint());
    }
}
