package dev.shedmaster.api.v1alpha1;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands for a field that is absent on the wire. */
final class Absent {

    private Absent() {}

    /** The value, or the default that the schema gives the field too. */
    static <T> T or(@Nullable T value, T whenAbsent) {
        return value == null ? whenAbsent : value;
    }

    /** An unmodifiable copy; empty where the list is absent. */
    static <T> List<T> list(@Nullable List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    /** The first elements, as many as the schema allows: a status that is too long would be refused whole. */
    static <T> List<T> first(@Nullable List<T> value, int most) {
        return value == null ? List.of() : List.copyOf(value.subList(0, Math.min(most, value.size())));
    }

    /** An unmodifiable copy in the order of the original; empty where the map is absent. */
    static <V> Map<String, V> map(@Nullable Map<String, V> value) {
        return value == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(value));
    }
}
