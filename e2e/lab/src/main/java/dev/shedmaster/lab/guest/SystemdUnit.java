package dev.shedmaster.lab.guest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A unit file's sections and settings: lines that end in a backslash go on, an empty value clears what was set before. */
final class SystemdUnit {
    private final Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();

    private SystemdUnit() {}

    static SystemdUnit parse(String text) {
        SystemdUnit unit = new SystemdUnit();
        Map<String, List<String>> section = new LinkedHashMap<>();
        for (String raw : text.replaceAll("\\\\\r?\n", " ").split("\r?\n", -1)) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section =
                        unit.sections.computeIfAbsent(line.substring(1, line.length() - 1), _ -> new LinkedHashMap<>());
                continue;
            }
            int equals = line.indexOf('=');
            if (equals > 0) {
                set(
                        section,
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return unit;
    }

    private static void set(Map<String, List<String>> section, String key, String value) {
        List<String> values = section.computeIfAbsent(key, _ -> new ArrayList<>());
        if (value.isEmpty()) {
            values.clear();
        } else {
            values.add(value);
        }
    }

    boolean has(String section) {
        return sections.containsKey(section);
    }

    List<String> all(String section, String key) {
        return sections.getOrDefault(section, Map.of()).getOrDefault(key, List.of());
    }

    Optional<String> last(String section, String key) {
        List<String> values = all(section, key);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }
}
