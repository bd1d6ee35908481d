package dev.shedmaster.kube.status;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Reads what a Secret holds. */
public final class SecretValues {

    private SecretValues() {}

    /** The values by key, as text without blanks around it: editors and {@code echo} leave line breaks behind. */
    public static Map<String, String> of(Secret secret) {
        Map<String, String> values = new HashMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) -> values.put(
                            key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8).strip()));
        }
        return Map.copyOf(values);
    }
}
