package dev.shedmaster.lab.azure.fault;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where an error happened: what its message names. */
public record ErrorPlace(Map<String, String> names) {

    public ErrorPlace {
        names = Map.copyOf(names);
    }

    public static ErrorPlace of(String vmId, String name, String location) {
        return new ErrorPlace(Map.of("vm", vmId, "name", name, "location", location));
    }

    public ErrorPlace with(String key, @Nullable Object value) {
        Map<String, String> more = new HashMap<>(names);
        more.put(key, Objects.toString(value, ""));
        return new ErrorPlace(more);
    }

    public ErrorPlace withQuota(long limit, long usage, long required) {
        return with("limit", limit).with("usage", usage).with("cores", required).with("needed", usage + required);
    }

    String fill(String template) {
        String filled = template;
        for (Map.Entry<String, String> name : names.entrySet()) {
            filled = filled.replace("{" + name.getKey() + "}", name.getValue());
        }
        return filled;
    }
}
