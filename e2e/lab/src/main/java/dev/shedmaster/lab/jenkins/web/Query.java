package dev.shedmaster.lab.jenkins.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters of an address or of a form; of a name that comes twice the first value counts. */
final class Query {
    private final Map<String, String> values = new LinkedHashMap<>();

    private Query() {}

    static Query parse(@Nullable String text) {
        Query query = new Query();
        if (text != null) {
            for (String pair : text.split("&")) {
                int equals = pair.indexOf('=');
                if (!pair.isEmpty()) {
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    query.values.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
                }
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(400, "Malformed parameter: " + text);
        }
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    /** These, with those of the other where these have none. */
    Query or(Query other) {
        Query both = new Query();
        both.values.putAll(values);
        other.values.forEach(both.values::putIfAbsent);
        return both;
    }

    Map<String, String> all() {
        return Map.copyOf(values);
    }
}
