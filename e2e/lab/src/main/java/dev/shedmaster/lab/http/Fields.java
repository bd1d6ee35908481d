package dev.shedmaster.lab.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the fields of an order to the lab; a wrong one is named, with what was expected. */
public final class Fields {
    private final JsonNode object;

    /**
     * Takes an object whose fields are known.
     *
     * @throws IllegalArgumentException if it has another
     */
    public Fields(JsonNode object, List<String> known) {
        this.object = object;
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(name + ": unknown field, expected one of " + known);
            }
        });
    }

    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** A text; without a fallback it must be there. */
    public String text(String name, @Nullable String fallback) {
        String text = optionalText(name);
        if (text != null) {
            return text;
        }
        if (fallback == null) {
            throw new IllegalArgumentException(name + ": is missing");
        }
        return fallback;
    }

    public @Nullable String optionalText(String name) {
        if (!has(name)) {
            return null;
        }
        if (!object.get(name).isTextual()) {
            throw new IllegalArgumentException(name + ": expected a text");
        }
        return object.get(name).asText();
    }

    /** All texts of a list; none if it is left out. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : object.path(name)) {
            if (!item.isTextual()) {
                throw new IllegalArgumentException(name + ": expected a list of texts");
            }
            texts.add(item.asText());
        }
        return texts;
    }

    public int number(String name, int fallback) {
        Integer number = optionalNumber(name);
        return number == null ? fallback : number;
    }

    public @Nullable Integer optionalNumber(String name) {
        if (!has(name)) {
            return null;
        }
        if (!object.get(name).canConvertToInt() || !object.get(name).isIntegralNumber()) {
            throw new IllegalArgumentException(name + ": expected a whole number");
        }
        return object.get(name).asInt();
    }

    public double decimal(String name, double fallback) {
        if (!has(name)) {
            return fallback;
        }
        if (!object.get(name).isNumber()) {
            throw new IllegalArgumentException(name + ": expected a number");
        }
        return object.get(name).asDouble();
    }

    public boolean truth(String name) {
        if (!has(name)) {
            return false;
        }
        if (!object.get(name).isBoolean()) {
            throw new IllegalArgumentException(name + ": expected true or false");
        }
        return object.get(name).asBoolean();
    }

    public Duration millis(String name, int fallback) {
        return Duration.ofMillis(number(name, fallback));
    }

    public <E extends Enum<E>> E oneOf(String name, Class<E> type, E fallback) {
        return has(name) ? oneOf(name, type) : fallback;
    }

    /** One of a type's constants, in any case of letters; it must be there. */
    public <E extends Enum<E>> E oneOf(String name, Class<E> type) {
        String text = text(name, null);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        name + ": expected one of " + Arrays.toString(type.getEnumConstants()) + ", got " + text));
    }
}
