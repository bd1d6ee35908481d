package dev.shedmaster.core.worker;

/** What must never be broken, whatever happens. */
enum Promise {
    NO_MACHINE_DELETED_UNDER_A_JOB,
    NO_ASKING_ELSEWHERE_IN_DOUBT,
    ONE_MACHINE_AT_MOST,
    REGISTRATION_OUTLIVES_MACHINE,
    NOTHING_LEFT_WHEN_FORGOTTEN,
    EVERY_WAIT_ENDS_OR_IS_NAMED,
    SAME_SIGHT_SAME_DECISION,
    TOLD_STATES_ARE_TRUE
}
