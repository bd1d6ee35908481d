package dev.shedmaster.ci.jenkins;

import dev.shedmaster.core.demand.Requirement;

/** What an item of the queue means for the fleet. */
sealed interface Verdict {

    /** It needs a worker. */
    record Demand(Requirement requirement) implements Verdict {}

    /** It waits for something that no worker can give. */
    record Blocked() implements Verdict {}

    /** It needs a worker, and which is not told; the reason is for a person. */
    record Obscure(String reason) implements Verdict {}
}
