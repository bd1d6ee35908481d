package dev.shedmaster.core.slot;

/** What is between a worker and the others on its host. */
public enum Isolation {
    /** A kernel of its own. */
    VIRTUAL_MACHINE,
    /** The host's kernel, shared. */
    CONTAINER
}
