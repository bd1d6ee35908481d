package dev.shedmaster.port;

/** The value of an outcome that has none. */
public enum Nothing {
    NOTHING
}
