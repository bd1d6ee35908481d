package dev.shedmaster.lab.jenkins.controller;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language in which the controller says why an item waits. */
public enum Language {
    ENGLISH,
    GERMAN,
    FRENCH;

    /** The first of a browser's languages that the controller speaks; English without any. */
    public static Language of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return ENGLISH;
        }
        for (String wish : acceptLanguage.split(",")) {
            String tag = wish.strip().toLowerCase(Locale.ROOT);
            if (tag.startsWith("en")) {
                return ENGLISH;
            } else if (tag.startsWith("de")) {
                return GERMAN;
            } else if (tag.startsWith("fr")) {
                return FRENCH;
            }
        }
        return ENGLISH;
    }
}
