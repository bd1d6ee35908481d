package dev.shedmaster.lab.azure.estate;

/** Whether a machine runs. Billed while it holds its host: also when its system has powered itself off. */
public enum PowerState {
    /** Not allocated yet, or never. */
    NONE("", "", false),
    STARTING("starting", "VM starting", true),
    RUNNING("running", "VM running", true),
    STOPPING("stopping", "VM stopping", true),
    STOPPED("stopped", "VM stopped", true),
    DEALLOCATING("deallocating", "VM deallocating", false),
    DEALLOCATED("deallocated", "VM deallocated", false);

    private final String wireName;
    private final String display;
    private final boolean billed;

    PowerState(String wireName, String display, boolean billed) {
        this.wireName = wireName;
        this.display = display;
        this.billed = billed;
    }

    public String wireName() {
        return wireName;
    }

    public String display() {
        return display;
    }

    public boolean isBilled() {
        return billed;
    }
}
