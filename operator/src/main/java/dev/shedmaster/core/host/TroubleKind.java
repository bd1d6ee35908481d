package dev.shedmaster.core.host;

import dev.shedmaster.core.CamelCase;

/** What can be wrong with a host. Each has its page in the runbook. */
public enum TroubleKind {
    /** The landlord has no such server. */
    SERVER_NOT_FOUND(Cure.PERSON),
    /** Its rent ends, or it was not handed over yet. */
    SERVER_NOT_USABLE(Cure.PERSON),
    /** It is marked as somebody else's. */
    FOREIGN_OWNER(Cure.PERSON),
    /** Our key is not accepted, by the landlord or by the server. */
    KEY_REJECTED(Cure.PERSON),
    /** It is of another architecture, or has fewer cores or less memory than expected. */
    HARDWARE_MISMATCH(Cure.PERSON),
    /** A hint names no disk, or more than one. */
    DISK_HINT(Cure.PERSON),
    /** A disk says that it fails. */
    DISK_BROKEN(Cure.PERSON),
    /** It presents a host key that nobody has vouched for: a reinstallation by others, or an attack. */
    HOST_KEY_CHANGED(Cure.PERSON),
    /** The image's address, checksum or kind cannot be used. */
    IMAGE_UNUSABLE(Cure.PERSON),
    /** The image could not be fetched. */
    IMAGE_UNREACHABLE(Cure.TIME),
    /** The program that installs has failed. */
    INSTALL_FAILED(Cure.TIME),
    /** No reboot has led into the rescue system. */
    RESCUE_NEVER_CAME(Cure.TIME),
    /** A reboot has led elsewhere although the rescue system was armed. */
    RESCUE_IGNORED(Cure.TIME),
    /** The installed system did not answer. */
    SYSTEM_NEVER_CAME(Cure.TIME),
    /** It has rebooted, or lost its power, in the middle of the work. */
    INTERRUPTED(Cure.TIME),
    /** A step did not come to its end in its time. */
    TOOK_TOO_LONG(Cure.TIME),
    /** It does not answer, and nothing that may be tried brings it back. */
    UNREACHABLE(Cure.PERSON),
    /** Its probe fails: no KVM, no network, a wrong time, a full or failing disk. */
    PROBE_FAILED(Cure.TIME),
    /** A part of it is broken, too hot or full, as it says itself. */
    HARDWARE_FAILING(Cure.PERSON);

    /** What helps: to try again from the beginning, a few times; or only what a person does. */
    private enum Cure {
        TIME,
        PERSON
    }

    private final Cure cure;

    TroubleKind(Cure cure) {
        this.cure = cure;
    }

    /** Whether trying again can help. */
    public boolean passes() {
        return cure == Cure.TIME;
    }

    /** The kind as a condition's reason: {@code HostKeyChanged}. */
    public String reason() {
        return CamelCase.of(this);
    }
}
