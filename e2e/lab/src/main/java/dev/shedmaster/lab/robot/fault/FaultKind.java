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
    HOSTNAME_HANGS(Target.SERVER),
    /** No SSH server listens at a server whose system runs: connections are refused, and its workers go on. */
    SSHD_REFUSES(Target.SERVER_FOR_NOW),
    /** Packets to the server's SSH port get lost: nothing answers, and its workers go on. */
    UNREACHABLE(Target.SERVER_FOR_NOW),

    /** {@code uname -m} says another architecture than the server was sold with. */
    OTHER_ARCHITECTURE(Target.SERVER),
    /** The self-monitoring of the first disk says that it fails, whoever asks: the rescue system or the installed one. */
    DISK_DYING(Target.SERVER),
    /** The first disk that is to be written cannot be. */
    DISK_UNWRITABLE(Target.SERVER),
    /** The image cannot be fetched. */
    IMAGE_UNREACHABLE(Target.SERVER),
    /** What is fetched has another checksum than was ordered. */
    CHECKSUM_MISMATCH(Target.SERVER),
    /** The image has no system in it. */
    IMAGE_WITHOUT_SYSTEM(Target.SERVER),
    /** Writing an image, or wiping, never ends. */
    WRITING_STUCK(Target.SERVER),
    /** The power fails for a moment while a disk is written. */
    POWER_LOST_WHILE_WRITING(Target.SERVER),
    /** What is on the disk begins to boot and never answers. */
    SYSTEM_NEVER_COMES(Target.SERVER),
    /** The installed system makes new host keys for itself while it boots, and keeps them. */
    HOST_KEYS_REMADE(Target.SERVER),

    /** There is no {@code /dev/kvm}. */
    KVM_MISSING(Target.SERVER),
    /** The file system of the workers has no room left. */
    SCRATCH_FULL(Target.SERVER),
    /** The server's clock is ahead by that time, and not synchronised. */
    CLOCK_OFF(Target.SERVER),
    /** None of the images of workers is on the server. */
    WORKER_IMAGE_MISSING(Target.SERVER),
    /** An image of workers cannot be fetched. */
    WORKER_IMAGE_UNREACHABLE(Target.SERVER),
    /** An image of workers has another checksum than was ordered. */
    WORKER_IMAGE_MISMATCH(Target.SERVER),
    /** The first disk has been written to for most of its life. */
    DISK_WORN(Target.SERVER),
    /** The first disk does not answer smartctl in time. */
    DISK_MUTE(Target.SERVER),
    /** The processor is as hot as it may ever be. */
    OVERHEATED(Target.SERVER),
    /** The memory corrects some hundred errors more, each time that it is asked in a boot. */
    MEMORY_CORRECTS(Target.SERVER),
    /** The memory has met one more error that it could not correct, each time that it is asked in a boot. */
    MEMORY_LOSES(Target.SERVER),
    /** An array of the two disks lacks one of them. */
    ARRAY_DEGRADED(Target.SERVER),
    /** The call that starts a worker never ends: the name is taken and no unit is there. */
    START_HANGS(Target.SERVER),
    /** A worker is started, and the connection breaks instead of an answer. */
    LOST_START_ANSWER(Target.SERVER),
    /** A worker ends as soon as it is started. */
    WORKER_DIES_AT_START(Target.SERVER),
    /** A worker takes so much longer than usual to boot. */
    WORKER_BOOTS_LATE(Target.SERVER),
    /** A worker boots, and its agent does not come. */
    AGENT_NEVER_COMES(Target.SERVER);

    private enum Target {
        CALL,
        SERVER,
        /** To a server, at once and for as long as it is switched on. */
        SERVER_FOR_NOW
    }

    private final Target target;

    FaultKind(Target target) {
        this.target = target;
    }

    /** Whether it happens to calls, of which one kind can be chosen; else it happens to servers, whatever is called. */
    boolean isOfCalls() {
        return target == Target.CALL;
    }

    /** Whether it is there from the moment at which it is switched on until it is switched off, whoever looks. */
    boolean isForNow() {
        return target == Target.SERVER_FOR_NOW;
    }

    /** Whether it is nothing if it takes no time. */
    boolean needsTime() {
        return this == SLOW || this == SSHD_LATE || this == CLOCK_OFF || this == WORKER_BOOTS_LATE;
    }
}
