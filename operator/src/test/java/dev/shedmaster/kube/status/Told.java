package dev.shedmaster.kube.status;

import dev.shedmaster.api.v1alpha1.Condition;
import java.util.List;

/** What a person reads of conditions. */
public final class Told {
    private Told() {}

    /** The condition of that type in one line, as {@code FALSE Misconfigured: there is no Secret}; empty if it is not told. */
    public static String of(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .map(condition -> condition.status() + " " + condition.reason() + ": " + condition.message())
                .findFirst()
                .orElse("");
    }
}
