package dev.shedmaster.core;

import java.util.Locale;

/** How constants are written where people and programs read them: {@code NO_CAPACITY} as {@code NoCapacity}. */
public final class CamelCase {
    private CamelCase() {}

    public static String of(Enum<?> constant) {
        StringBuilder text = new StringBuilder();
        for (String word : constant.name().split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
