package dev.shedmaster.core.slot;

/** Instruction set of a host and of the workers that it can take. */
public enum Architecture {
    /** x86-64. */
    AMD64("amd64"),
    /** AArch64. */
    ARM64("arm64");

    private final String word;

    Architecture(String word) {
        this.word = word;
    }

    /** How users write it. */
    public String word() {
        return word;
    }
}
