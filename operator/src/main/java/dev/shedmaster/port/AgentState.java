package dev.shedmaster.port;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a CI system says of one agent.
 *
 * @param name the agent's name
 * @param online its connection is up, as far as the CI system knows (it may learn of a dead machine minutes late)
 * @param accepting it may be given a job; false once it was told to stop
 * @param stoppedBecause why it was told to stop by {@link CiSystem#stopAccepting}, if that is what keeps it from being given
 *     jobs; null if nothing does, or somebody else. The beginning may be missing
 * @param jobs those that it runs now, one for each executor in use, the one that runs longest first; those are in it that
 *     have been assigned and have not begun
 * @param registered false for an agent whose registration is gone and which is only listed until its build ends
 * @param owner whom it was enrolled for, as its registration says, by this installation or by another; null if it was not
 *     enrolled by us or its registration is gone. A registration of this installation whose Worker is gone is a leftover:
 *     {@link CiSystem#remove} it
 * @param labels what jobs can ask for beside its own name, as its registration says; empty if that is gone
 * @param slots how many jobs it runs at a time, as its registration says; a person may have changed it
 */
public record AgentState(
        String name,
        boolean online,
        boolean accepting,
        @Nullable String stoppedBecause,
        List<RunningJob> jobs,
        boolean registered,
        @Nullable MachineOwner owner,
        Set<String> labels,
        int slots) {
    public AgentState {
        jobs = List.copyOf(jobs);
        labels = Set.copyOf(labels);
    }

    /**
     * A job that an agent runs.
     *
     * @param id the queue item that it came from, so that queue and run can be joined; empty if not known
     * @param name what a person calls it; of one that has not begun or may not be seen, that it is such a one
     * @param url where a person can look at it; empty if the credential may not see it
     * @param startedAt by the CI system's clock; of a step of a longer run it may be when that run began. Null if it is not
     *     told
     */
    public record RunningJob(
            String id, String name, String url, @Nullable Instant startedAt) {}
}
