package dev.shedmaster.core.host;

/** The steps by which a server is installed or wiped, in their order. Each may be repeated from its beginning, but for a reboot. */
public enum Step {
    /** The landlord knows the server, it is ours, and it has an address. */
    CHECK_SERVER("waits for the landlord to tell of the server"),
    /** The landlord knows our key. */
    ENSURE_KEY("has the landlord know the key that opens the rescue system"),
    /** The next network boot goes into the rescue system. */
    ARM_RESCUE("has the rescue system armed for the next boot"),
    /** One reboot is asked for, by the mildest means that is left. */
    REBOOT_INTO_RESCUE("is about to be rebooted into the rescue system"),
    /** The rescue system has booted since, and answers with the host keys that the landlord tells. */
    AWAIT_RESCUE("waits for the rescue system to answer"),
    /** The hardware is what was expected, and the hints name their disks. */
    INSPECT("has its hardware looked at"),
    /** The disks are well and bear nobody else's mark. */
    CHECK_DISKS("has its disks looked at"),
    /** The image is written. */
    INSTALL("has its image written"),
    /** The installed system's host keys are read from inside of the rescue system, so that they need not be believed later. */
    COLLECT_HOST_KEYS("has the host keys of its new system read"),
    /** One reboot is asked for, by the mildest means that is left. */
    REBOOT_INTO_SYSTEM("is about to be rebooted into its new system"),
    /** The new system has booted and answers with the host keys that were read. */
    AWAIT_SYSTEM("waits for its new system to answer"),
    /** Nothing on the disks can be read any more. */
    WIPE("has its disks wiped");

    private final String waitsFor;

    Step(String waitsFor) {
        this.waitsFor = waitsFor;
    }

    String waitsFor() {
        return waitsFor;
    }
}
