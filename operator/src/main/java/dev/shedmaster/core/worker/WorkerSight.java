package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerState.Job;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one worker's parts at one instant.
 *
 * @param machine what the provider says
 * @param agent what the CI system says
 * @param removal why the worker shall go, if somebody has asked for that
 * @param ladder the offerings that may be asked for now, best first: the pool's, without those that cannot be had
 */
public record WorkerSight(
        MachineSight machine, AgentSight agent, @Nullable String removal, List<Offering> ladder) {

    public WorkerSight {
        ladder = List.copyOf(ladder);
    }

    /** What a provider says of a machine. */
    public sealed interface MachineSight {

        /** Whether there certainly is a machine, in whatever shape. */
        default boolean exists() {
            return switch (this) {
                case Starting s -> true;
                case Running r -> true;
                case Stopped s -> true;
                case Leaving l -> true;
                case Broken b -> true;
                case Unknown u -> false;
                case Unlisted u -> false;
                case Absent a -> false;
            };
        }

        /** Whether nothing can run on it any more. */
        default boolean hasEnded() {
            return this instanceof Absent || this instanceof Stopped;
        }

        /** Nothing can be said: the provider does not answer. */
        record Unknown() implements MachineSight {}

        /** The newest list does not name it. Lists lag, so that proves nothing. */
        record Unlisted() implements MachineSight {}

        /** Asked for directly: there is none. */
        record Absent() implements MachineSight {}

        record Starting() implements MachineSight {}

        record Running() implements MachineSight {}

        /** Powered off and still paid for. */
        record Stopped() implements MachineSight {}

        record Leaving() implements MachineSight {}

        /** Its creation failed; what is left of it must be deleted. {@code refusal} tells why. */
        record Broken(Refusal refusal) implements MachineSight {}
    }

    /** What a CI system says of an agent. */
    public sealed interface AgentSight {
        /** Nothing can be said: the CI system does not answer. No deadline that depends on it runs out meanwhile. */
        record Unknown() implements AgentSight {}

        record Absent() implements AgentSight {}

        record Present(boolean online, boolean accepting, Optional<Job> job) implements AgentSight {}
    }
}
