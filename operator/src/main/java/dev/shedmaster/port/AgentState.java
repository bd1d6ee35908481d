package dev.shedmaster.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a CI system says of one agent.
 *
 * @param name the agent's name
 * @param online its connection is up, as far as the CI system knows (it may learn of a dead machine minutes late)
 * @param accepting it may be given a job; false once it was told to stop
 * @param busyExecutors how many jobs it runs now, those assigned and not yet started included
 * @param job one of those jobs, if any
 * @param registered false for an agent whose registration is gone and which is only listed until its build ends
 * @param owner whom it was enrolled for, as its registration says, by this installation or by another; null if it was not
 *     enrolled by us or its registration is gone. A registration of this installation whose Worker is gone is a leftover:
 *     {@link CiSystem#remove} it
 */
public record AgentState(
        String name,
        boolean online,
        boolean accepting,
        int busyExecutors,
        @Nullable RunningJob job,
        boolean registered,
        @Nullable MachineOwner owner) {

    /**
     * A job that an agent runs.
     *
     * @param id the queue item that it came from, so that queue and run can be joined; empty if not known
     * @param name what a person calls it
     * @param url where a person can look at it; empty if the credential may not see it
     * @param startedAt null if the credential may not see it
     */
    public record RunningJob(
            String id, String name, String url, @Nullable Instant startedAt) {}
}
