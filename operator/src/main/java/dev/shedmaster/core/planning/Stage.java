package dev.shedmaster.core.planning;

/** How far a worker is, as far as planning cares. */
public enum Stage {
    /** The wish is written down; its machine may or may not have been asked for, and is not known to be accepted. */
    REQUESTED,
    /** Its machine is on the way up, or up with its agent not yet connected. */
    STARTING,
    /** Connected, with nothing to do. */
    IDLE,
    /** Runs at least one job. */
    BUSY,
    /** Takes no further job. */
    DRAINING,
    /** Its machine and registration are being taken away. */
    DELETING,
    /** It never became of use and is kept for a person to look at. */
    FAILED;

    /** Whether it works or is going to. */
    public boolean isLive() {
        return this == REQUESTED || this == STARTING || this == IDLE || this == BUSY;
    }

    /** Whether it has not yet reached its CI system. */
    public boolean isComing() {
        return this == REQUESTED || this == STARTING;
    }

    /** Whether it is on its way out, so that its place will be free soon. */
    public boolean isLeaving() {
        return this == DRAINING || this == DELETING;
    }
}
