package dev.shedmaster.kube.status;

import java.util.Map;

/**
 * A Secret as it was read.
 *
 * @param version changes with every change of the object, also with one that leaves the values as they are: a person who
 *     touches it wants them tried again
 * @param values by key
 */
public record KnownSecret(String version, Map<String, String> values) {
    /** Where no Secret is referred to. */
    public static final KnownSecret NONE = new KnownSecret("", Map.of());

    public KnownSecret {
        values = Map.copyOf(values);
    }

    /** Values stay out of logs. */
    @Override
    public String toString() {
        return "KnownSecret[version=" + version + "]";
    }
}
