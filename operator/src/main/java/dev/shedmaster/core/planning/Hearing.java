package dev.shedmaster.core.planning;

/** How much a CI system's readings can be relied on. */
enum Hearing {
    /** They say how things are. */
    FRESH,
    /** They are too old for that, or there was none yet. */
    STALE,
    /** They are, as it does not answer. */
    SILENT
}
