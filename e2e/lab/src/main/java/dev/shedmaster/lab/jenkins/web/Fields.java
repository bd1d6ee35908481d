package dev.shedmaster.lab.jenkins.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the fields of an order to the lab; a wrong one is named, with what was expected. */
final class Fields {
    private final JsonNode object;

    Fields(JsonNode object, List<String> known) {
        this.object = object;
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(name + ": unknown field, expected one of " + known);
            }
        });
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** A text; without a fallback it must be there. */
    String text(String name, @Nullable String fallback) {
        String text = optionalText(name);
        if (text != null) {
            return text;
        }
        if (fallback == null) {
            throw new IllegalArgumentException(name + ": is missing");
        }
        return fallback;
    }

    @Nullable
    String optionalText(String name) {
        if (!has(name)) {
            return null;
        }
        if (!object.get(name).isTextual()) {
            throw new IllegalArgumentException(name + ": expected a text");
        }
        return object.get(name).asText();
    }

    int number(String name, int fallback) {
        Integer number = optionalNumber(name);
        return number == null ? fallback : number;
    }

    @Nullable
    Integer optionalNumber(String name) {
        if (!has(name)) {
            return null;
        }
        if (!object.get(name).canConvertToInt() || !object.get(name).isIntegralNumber()) {
            throw new IllegalArgumentException(name + ": expected a whole number");
        }
        return object.get(name).asInt();
    }

    double decimal(String name, double fallback) {
        if (!has(name)) {
            return fallback;
        }
        if (!object.get(name).isNumber()) {
            throw new IllegalArgumentException(name + ": expected a number");
        }
        return object.get(name).asDouble();
    }

    boolean truth(String name) {
        if (!has(name)) {
            return false;
        }
        if (!object.get(name).isBoolean()) {
            throw new IllegalArgumentException(name + ": expected true or false");
        }
        return object.get(name).asBoolean();
    }

    Duration millis(String name, int fallback) {
        return Duration.ofMillis(number(name, fallback));
    }

    <E extends Enum<E>> E oneOf(String name, Class<E> type, E fallback) {
        String text = optionalText(name);
        if (text == null) {
            return fallback;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        name + ": expected one of " + Arrays.toString(type.getEnumConstants()) + ", got " + text));
    }
}
