package dev.shedmaster.core.host;

import dev.shedmaster.core.CamelCase;

/** What can be wrong with the hardware of a host that serves, the worst first. Each has its page in the runbook. */
public enum AilmentKind {
    /** A disk says that it fails: what is written to it may be lost within hours. */
    DISK_FAILING(true),
    /** The memory has given back what was not written to it: whatever jobs compute may be wrong. */
    MEMORY_UNCORRECTABLE(true),
    /** A part has reached the temperature from which on its maker vouches for nothing. */
    OVERHEATED(true),
    /** A file system has no room left for what jobs, or the system, write. */
    FILE_SYSTEM_FULL(true),
    /** An array has lost a disk: it does not bear the loss of another. */
    ARRAY_DEGRADED(false),
    /** The memory corrects more errors than one that is well: uncorrectable ones become likely. */
    MEMORY_CORRECTING(false),
    /** A disk has lost something, or has replaced sectors that were bad. */
    DISK_ERRORS(false),
    /** Most of what may be written to a disk has been. */
    DISK_WORN(false),
    /** A part is about to be too hot. */
    HOT(false),
    /** A file system fills up. */
    FILE_SYSTEM_FILLING(false);

    private final boolean stops;

    AilmentKind(boolean stops) {
        this.stops = stops;
    }

    /** Whether a host that has it takes no further worker. */
    public boolean stops() {
        return stops;
    }

    /** The kind as a condition's reason: {@code DiskFailing}. */
    public String reason() {
        return CamelCase.of(this);
    }
}
