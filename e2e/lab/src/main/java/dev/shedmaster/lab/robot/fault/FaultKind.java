package dev.shedmaster.lab.robot.fault;

/** What can go wrong. Each is looked for at the one place where it can happen. */
public enum FaultKind {
    /** The call takes effect, and the connection is reset instead of an answer. */
    LOST_RESPONSE(Target.CALL),
    /** 500 with the code that is documented for the call, such as {@code RESET_FAILED}; nothing happens. */
    FAILED(Target.CALL),
    /**
     * 403 with {@code RATE_LIMIT_EXCEEDED}, although the limit is not reached. What it takes is told as the interval.
     */
    RATE_LIMITED(Target.CALL),
    /** 403 with a page instead of JSON. */
    FORBIDDEN_PAGE(Target.CALL),
    /** 503 with a page instead of JSON, as while Robot is maintained. */
    MAINTENANCE(Target.CALL),
    /** The call is looked at this much later. */
    SLOW(Target.CALL),
    /** The limit is told as {@code max_requests} instead of {@code max_request}: clients have seen both. */
    PLURAL_MAX_REQUESTS(Target.CALL),

    /** Robot does not know the server. */
    VANISHED(Target.SERVER),
    /** The server has no IPv4, as those that are ordered without. Each time that the address would be told counts. */
    NO_SERVER_IP(Target.SERVER),
    /** {@code rescue} is false although the rescue system can be armed. */
    RESCUE_FLAG_FALSE(Target.SERVER),
    /** Arming what is armed is refused with 409 {@code BOOT_ALREADY_ENABLED}; else it is armed anew. */
    BOOT_ALREADY_ENABLED(Target.SERVER),
    /** The last rescue that is told is the one before the last. */
    STALE_RESCUE_LAST(Target.SERVER),
    /** The server cannot be reset by Robot. */
    RESET_NOT_AVAILABLE(Target.SERVER),
    /** The server cannot be reset by software, as newer models. */
    NO_SOFTWARE_RESET(Target.SERVER),

    /** The system does not react to Ctrl+Alt+Del, nor to the power button. */
    SOFTWARE_RESET_IGNORED(Target.SERVER),
    /** The server boots its disk although a network boot is armed; what was armed stays so. */
    NETBOOT_IGNORED(Target.SERVER),
    /** The firmware never comes to its end: nothing is booted until the next reset. */
    HANGS_IN_FIRMWARE(Target.SERVER),
    /** Nothing listens at the SSH port for so much longer than usual after a boot. */
    SSHD_LATE(Target.SERVER),
    /** The SSH server shows other host keys than Robot tells or the disk holds: somebody else answers. */
    FOREIGN_HOST_KEYS(Target.SERVER),
    /** The command {@code hostname} never ends; not of a server that is a virtual machine. */
    HOSTNAME_HANGS(Target.SERVER);

    private enum Target {
        CALL,
        SERVER
    }

    private final Target target;

    FaultKind(Target target) {
        this.target = target;
    }

    /** Whether it happens to calls, of which one kind can be chosen; else it happens to servers, whatever is called. */
    boolean isOfCalls() {
        return target == Target.CALL;
    }

    /** Whether it is nothing if it takes no time. */
    boolean needsTime() {
        return this == SLOW || this == SSHD_LATE;
    }
}
