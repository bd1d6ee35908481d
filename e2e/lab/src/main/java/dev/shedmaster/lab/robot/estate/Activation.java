package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.key.StoredKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network boot is armed with, or was.
 *
 * @param system Robot's word for what is booted or installed: {@code linux}, or a distribution's name
 * @param lang of an installation; empty for the rescue system
 * @param keys who may log in
 * @param bootTime when it was up and told its host keys; null until then
 * @param hostKeys those of that boot; empty until then
 */
public record Activation(
        BootKind kind,
        String system,
        String lang,
        String password,
        List<StoredKey> keys,
        Instant armedAt,
        @Nullable Instant bootTime,
        List<PublicKeyText> hostKeys) {

    public Activation {
        keys = List.copyOf(keys);
        hostKeys = List.copyOf(hostKeys);
    }

    public static Activation armed(
            BootKind kind, String system, String lang, String password, List<StoredKey> keys, Instant now) {
        return new Activation(kind, system, lang, password, keys, now, null, List.of());
    }

    Activation booted(Instant at, List<PublicKeyText> shown) {
        return new Activation(kind, system, lang, password, keys, armedAt, at, shown);
    }
}
