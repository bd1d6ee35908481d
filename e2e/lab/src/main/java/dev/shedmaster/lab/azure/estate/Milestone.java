package dev.shedmaster.lab.azure.estate;

/** Moments in a machine's life that tests and benchmarks ask for. */
public enum Milestone {
    CREATE_CALLED("createCalled"),
    RUNNING("running"),
    GUEST_UP("guestUp"),
    AGENT_STARTED("agentStarted"),
    READY("ready"),
    FAILED("failed"),
    AGENT_EXITED("agentExited"),
    STOPPED("stopped"),
    DEALLOCATED("deallocated"),
    EVICTION_ANNOUNCED("evictionAnnounced"),
    EVICTED("evicted"),
    DELETE_CALLED("deleteCalled"),
    GONE("gone");

    private final String wireName;

    Milestone(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
