package dev.shedmaster.lab.robot.estate;

/** What can be booted over the network. */
public enum BootKind {
    /** The rescue system, which runs from memory. */
    RESCUE,
    /** An installation that nobody has to attend; afterwards the disk is booted. */
    LINUX;

    /** The name of Robot's resource. */
    public String resource() {
        return this == RESCUE ? "rescue" : "linux";
    }
}
