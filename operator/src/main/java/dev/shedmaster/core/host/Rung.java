package dev.shedmaster.core.host;

/** Ways to reboot a server, the mildest first. A technician is none of them. */
public enum Rung {
    /** The system that answers is asked to reboot itself, if it is still the same boot. */
    SHELL("asking its system"),
    /** Ctrl+Alt+Del: a system that still runs shuts down in order; one that hangs ignores it. */
    SOFTWARE("Ctrl+Alt+Del"),
    /** The power button, for a server that is off. */
    POWER("its power button"),
    /** The reset button. */
    HARDWARE("its reset button");

    private final String words;

    Rung(String words) {
        this.words = words;
    }

    /** As a person reads it, after "by". */
    public String words() {
        return words;
    }
}
