package dev.shedmaster.core.slot;

/** What is between a worker and the others on its host. */
public enum Isolation {
    /** A kernel of its own. */
    VIRTUAL_MACHINE("VirtualMachine"),
    /** The host's kernel, shared. */
    CONTAINER("Container");

    private final String word;

    Isolation(String word) {
        this.word = word;
    }

    /** How users write it. */
    public String word() {
        return word;
    }
}
