package dev.shedmaster.kube.ci;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.worker.Silence;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CI system at one instant, its queue and its agents together: what became known of single agents since is not in it, as
 * that would show a job's agent busy and the job still waiting.
 *
 * @param source the CI system's name
 * @param snapshot the newest reading's, null if there was none yet
 * @param begunAt when that reading began, null if there was none yet
 * @param failingSince since when each reading has failed, null if the newest did not
 * @param fresh whether it is recent enough to say how things are
 */
public record CiPicture(
        String source,
        @Nullable CiSnapshot snapshot,
        @Nullable Instant begunAt,
        @Nullable Instant failingSince,
        boolean fresh) {

    /** Of a CI system that is not connected. */
    public static CiPicture none(String source) {
        return new CiPicture(source, null, null, null, false);
    }

    public List<QueuedJob> jobs() {
        return snapshot == null ? List.of() : snapshot.jobs();
    }

    public OutsideAgents outside() {
        return snapshot == null ? OutsideAgents.NONE : snapshot.outside();
    }

    public AgentSight agent(String name) {
        if (snapshot == null || !fresh) {
            return new AgentSight.Unknown(new Silence(source, begunAt));
        }
        AgentState state = snapshot.agents().get(name);
        return state == null ? new AgentSight.Absent() : CiLink.sight(state);
    }

    /** What jobs can ask of an agent, as its registration was last seen; null if none was seen. */
    public @Nullable Set<String> labels(String agent) {
        AgentState state = registration(agent);
        return state == null ? null : state.labels();
    }

    /** How many jobs an agent runs at a time, as its registration was last seen. */
    public OptionalInt slots(String agent) {
        AgentState state = registration(agent);
        return state == null ? OptionalInt.empty() : OptionalInt.of(state.slots());
    }

    private @Nullable AgentState registration(String agent) {
        AgentState state = snapshot == null ? null : snapshot.agents().get(agent);
        return state == null || !state.registered() ? null : state;
    }

    /** Whether that happened after the picture was taken, or while it was. */
    public boolean isOlderThan(Instant instant) {
        return begunAt != null && !instant.isBefore(begunAt);
    }
}
