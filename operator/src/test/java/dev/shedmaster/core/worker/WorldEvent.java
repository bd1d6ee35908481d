package dev.shedmaster.core.worker;

/** One thing that happens in a {@link WorkerWorld}. Plain names, so that a shrunk counter-example reads as a story. */
enum WorldEvent {
    /** The shell reads everything and does what the rule says, to the end. */
    STEP,
    /** The same with the readings of the last time. */
    STEP_WITH_OLD_READINGS,
    /** The process dies before the first effect, after the first, and so on. What was not stored is lost. */
    STEP_DYING_BEFORE_EFFECT_1,
    STEP_DYING_AFTER_EFFECT_1,
    STEP_DYING_AFTER_EFFECT_2,
    STEP_DYING_AFTER_ALL_EFFECTS,
    /** While the next step's effects are done: what can run boots, connects and is given a job. */
    RACE_IN_NEXT_STEP,

    SECOND,
    MINUTE,
    TEN_MINUTES,
    TWO_HOURS,

    /** The provider's lists show what is there now; between these they do not move. */
    LIST,
    PROVIDER_DOWN,
    PROVIDER_UP,
    /** What becomes of the next request for a machine, but that one that is there is always the answer. */
    NEXT_REQUEST_LOST_ON_ITS_WAY,
    NEXT_ANSWER_LOST,
    NEXT_REQUEST_THROTTLED,
    NEXT_REQUEST_HELD_BACK,
    NEXT_REQUEST_UNAUTHORIZED,
    NEXT_REQUEST_INVALID,
    FIRST_OFFERING_OUT,
    SECOND_OFFERING_OUT,
    EVERYTHING_TO_BE_HAD,

    MACHINE_BOOTS,
    MACHINE_FAILS_TO_BOOT,
    MACHINE_IS_POWERED_OFF,
    MACHINE_IS_TAKEN_AWAY,
    DELETION_ENDS,

    CI_DOWN,
    CI_UP,
    /** Executors are empty after it; what ran waits for its agent. */
    CI_RESTARTS,
    /** Whatever waits for the agent gets its executor back, if the agent may be given jobs. */
    JOBS_ARE_TAKEN_UP,
    NEXT_ENROLMENT_FAILS,
    AGENT_CONNECTS,
    AGENT_DROPS,
    JOB_BEGINS,
    FIRST_JOB_ENDS,
    LAST_JOB_ENDS,
    PERSON_TAKES_OFFLINE,
    PERSON_BRINGS_BACK,
    PERSON_REMOVES_REGISTRATION,

    REMOVAL
}
