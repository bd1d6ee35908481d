package dev.shedmaster.lab.robot.fault;

/** What can go wrong. Each is looked for at the one place where it can happen. */
public enum FaultKind {
    /** The call takes effect, and the connection is reset instead of an answer. */
    LOST_RESPONSE,
    /** 500 with the code that is documented for the call, such as {@code RESET_FAILED}; nothing happens. */
    FAILED,
    /** 403 with {@code RATE_LIMIT_EXCEEDED}, although the limit is not reached. */
    RATE_LIMITED,
    /** 403 with a page instead of JSON. */
    FORBIDDEN_PAGE,
    /** 503 with a page instead of JSON, as while Robot is maintained. */
    MAINTENANCE,
    /** The call is looked at this much later. */
    SLOW,
    /** The limit is told as {@code max_requests} instead of {@code max_request}: clients have seen both. */
    PLURAL_MAX_REQUESTS,

    /** Robot does not know the server. */
    VANISHED,
    /** The server has no IPv4, as those that are ordered without. Each time that the address would be told counts. */
    NO_SERVER_IP,
    /** {@code rescue} is false although the rescue system can be armed. */
    RESCUE_FLAG_FALSE,
    /** Arming what is armed is refused with 409 {@code BOOT_ALREADY_ENABLED}; else it is armed anew. */
    BOOT_ALREADY_ENABLED,
    /** The last rescue that is told is the one before the last. */
    STALE_RESCUE_LAST,
    /** The server cannot be reset by Robot. */
    RESET_NOT_AVAILABLE,
    /** The server cannot be reset by software, as newer models. */
    NO_SOFTWARE_RESET,

    /** The system does not react to Ctrl+Alt+Del, nor to the power button. */
    SOFTWARE_RESET_IGNORED,
    /** The server boots its disk although a network boot is armed; what was armed stays so. */
    NETBOOT_IGNORED,
    /** Nothing listens at the SSH port for so much longer than usual after a boot. */
    SSHD_LATE,
    /** The SSH server shows other host keys than Robot tells or the disk holds: somebody else answers. */
    FOREIGN_HOST_KEYS,
    /** The command {@code hostname} never ends. */
    HOSTNAME_HANGS
}
