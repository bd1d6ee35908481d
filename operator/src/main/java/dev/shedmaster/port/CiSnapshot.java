package dev.shedmaster.port;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One reading of a CI system: its waiting jobs and its agents. Two readings of an unchanged system are equal but for
 * {@code observedAt}.
 *
 * @param observedAt when the reading began
 * @param version the CI system's own version, empty if it does not say
 * @param jobs the jobs that wait for a worker and for nothing else, oldest first
 * @param obscure how many jobs wait for a worker but do not let their requirement be read, by a reason for a person
 * @param blocked how many jobs wait for something else (a lock, a running build, a quiet period): no demand
 * @param agents every agent, ours or not, by name; without what the CI system runs on its own and what
 *     {@link CiSystem#verify} prepared
 * @param outside what could take a job there and was not enrolled by this installation, what the CI system runs on its own
 *     included
 * @param awaited the agents, by name, that a waiting job names, as one does that a restart has interrupted. One that merely
 *     happens to be the only agent that would do may be among them
 */
public record CiSnapshot(
        Instant observedAt,
        String version,
        List<QueuedJob> jobs,
        Map<String, Integer> obscure,
        int blocked,
        Map<String, AgentState> agents,
        OutsideAgents outside,
        Set<String> awaited) {
    public CiSnapshot {
        awaited = Set.copyOf(awaited);
        jobs = List.copyOf(jobs);
        obscure = Map.copyOf(obscure);
        agents = Map.copyOf(agents);
    }

    /** A reading in which nothing waits for a certain agent. */
    public CiSnapshot(
            Instant observedAt,
            String version,
            List<QueuedJob> jobs,
            Map<String, Integer> obscure,
            int blocked,
            Map<String, AgentState> agents,
            OutsideAgents outside) {
        this(observedAt, version, jobs, obscure, blocked, agents, outside, Set.of());
    }

    /** Whether the other reading saw the same, whenever that was. */
    public boolean showsTheSameAs(CiSnapshot other) {
        return equals(other.seenAt(observedAt));
    }

    /** The same reading, made at another time. */
    public CiSnapshot seenAt(Instant when) {
        return new CiSnapshot(when, version, jobs, obscure, blocked, agents, outside, awaited);
    }
}
