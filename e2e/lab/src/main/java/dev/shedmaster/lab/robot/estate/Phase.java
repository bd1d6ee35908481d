package dev.shedmaster.lab.robot.estate;

/** How far a server's power has brought it. */
public enum Phase {
    OFF,
    /** It tests its memory and looks for something to boot. */
    FIRMWARE,
    /** A system comes up. */
    STARTING,
    /** The rescue system can be reached. */
    RESCUE,
    /** An installation that nobody attends goes on. */
    INSTALLING,
    /** What is on the disk can be reached. */
    INSTALLED,
    /** Its kernel hangs: nothing in it does anything any more. */
    HUNG,
    /** It has found nothing to boot. */
    NO_SYSTEM,
    /** A system goes down in order. */
    SHUTTING_DOWN;

    /** Whether a system is there that can be asked to shut down. */
    boolean hasSystem() {
        return this == STARTING || this == RESCUE || this == INSTALLING || this == INSTALLED;
    }
}
