package dev.shedmaster.core.host;

/** One thing that happens in a {@link HostWorld}. Plain names, so that a shrunk counter-example reads as a story. */
enum HostEvent {
    /** The shell looks at everything that is needed and does what the rule says, until that needs time. */
    STEP,
    /** The same, and the process dies before the first effect, or after it. What was not stored is lost. */
    STEP_DYING_BEFORE_THE_EFFECT,
    STEP_DYING_AFTER_THE_EFFECT,

    SECOND,
    MINUTE,
    TEN_MINUTES,
    HOUR,

    /** What was switched on or reset comes up: from the network if that is armed, else from its disk. */
    BOOT_ENDS,
    POWER_IS_LOST,
    NETWORK_DOWN,
    NETWORK_UP,
    NEXT_NETWORK_BOOT_IS_IGNORED,
    SOMEBODY_BOOTS_THE_RESCUE_SYSTEM,
    SOMEBODY_REINSTALLS,
    IT_REBOOTS_BY_ITSELF,
    WRITING_ENDS,

    LANDLORD_DOWN,
    LANDLORD_UP,
    SERVER_IS_RENAMED_BY_OTHERS,
    SERVER_IS_OURS_AGAIN,
    SERVER_IS_GIVEN_BACK,
    /** What becomes of the next effect. */
    NEXT_EFFECT_IS_LOST_ON_ITS_WAY,
    NEXT_ANSWER_IS_LOST,
    NEXT_EFFECT_IS_HELD_BACK,
    NEXT_EFFECT_FAILS,

    ANOTHERS_MARK_ON_THE_DISK,
    DISK_FAILS,
    PROBE_FAILS,
    PROBE_SUCCEEDS,
    HARDWARE_FAILS,
    HARDWARE_IS_REPLACED,
    OUR_KEY_IS_TAKEN_AWAY,
    OUR_KEY_IS_BACK,

    WORKER_IS_PLACED,
    JOB_BEGINS,
    AGENTS_ARE_AWAY,
    AGENTS_ARE_BACK,
    WORKERS_END,

    TURN_IS_OTHERS,
    TURN_IS_OURS,
    ANOTHER_IMAGE_IS_WANTED,
    MAINTENANCE_BEGINS,
    MAINTENANCE_ENDS,
    RELEASED,
    REMOVAL_AND_WIPE,
    REMOVAL_AND_RETAIN
}
