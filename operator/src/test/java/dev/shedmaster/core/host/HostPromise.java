package dev.shedmaster.core.host;

/** What must never be broken, whatever happens. */
enum HostPromise {
    /** Nothing is cut off or destroyed under a worker, unless the host has been silent for long and its agents too. */
    NOTHING_DESTROYED_UNDER_A_WORKER,
    /** Nothing is written, wiped or reset of a server that the landlord or a mark shows to be another's. */
    NOTHING_OF_ANOTHERS_TOUCHED,
    /** What is installed is what is wanted now, and what is wiped is to be wiped. */
    NOTHING_DESTROYED_UNWANTED,
    /** A reset follows another only when the first has had its time, or its outcome was seen, or a person has had a say. */
    NOTHING_RESET_TWICE,
    /** A host key is trusted only if the landlord, the rescue system or a person has told it. */
    NO_KEY_TRUSTED_ON_SIGHT,
    /** Work in the rescue system is done in the boot in which it began. */
    WORK_STAYS_IN_ITS_BOOT,
    EVERY_WAIT_ENDS_OR_IS_NAMED,
    SAME_SIGHT_SAME_DECISION,
    TOLD_STATES_ARE_TRUE
}
