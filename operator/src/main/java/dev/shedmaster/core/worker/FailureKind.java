package dev.shedmaster.core.worker;

/** Why a worker never became of use. The distinction decides what is learned from it and what a person is told. */
public enum FailureKind {
    /** No offering of the pool could be had: nothing is wrong with the pool, and there is nothing to look at. */
    NO_CAPACITY("no machine could be had", false),
    /** No account of the pool served us, or the one that may have its machine did not in time: people mend the account. */
    NO_ACCOUNT("no account served it", false),
    /** The provider finds the order itself wrong: it will be wrong again until a person changes the pool. */
    ORDER_REFUSED("the provider refuses the order", true),
    /** The CI system would not register the agent. */
    NOT_ENROLLED("the CI system did not register it", true),
    /** No answer came in time from those who had to accept it. */
    NOT_ACCEPTED("its machine was not accepted in time", true),
    /** The machine was accepted, and its creation failed or it ended before its agent connected. */
    BOOT_FAILED("its machine did not boot", true),
    /** The machine was accepted and is not known to run. */
    NOT_RUNNING("its machine did not run in time", true),
    /** The machine runs and its agent was never of use. */
    NOT_REGISTERED("its agent was not ready in time", true);

    private final String description;
    private final boolean countsAgainstPool;

    FailureKind(String description, boolean countsAgainstPool) {
        this.description = description;
        this.countsAgainstPool = countsAgainstPool;
    }

    public String describe() {
        return description;
    }

    /** Whether several of these in a row mean that the pool itself is broken, so that making more must pause. */
    public boolean countsAgainstPool() {
        return countsAgainstPool;
    }
}
