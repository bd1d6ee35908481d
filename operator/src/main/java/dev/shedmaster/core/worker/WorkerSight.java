package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerState.Job;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one worker's parts at one instant: of each part the newest reading.
 *
 * @param machine what the provider says
 * @param agent what the CI system says
 * @param ciAnswersSince since when the CI system has answered without a break, or we have asked: the time before does not
 *     count against an agent
 * @param removal why the worker shall go, if somebody has asked for that
 * @param ladder the offerings that may be asked for now, best first: the pool's, without those that are known to be out,
 *     the one included that was refused just now
 * @param obstacle why it is not known what may be asked for, so that an empty ladder says nothing; null if it is known
 * @param restart the CI system's last restart, null if it has not restarted since we know it
 * @param held how long it has waited so far for what says nothing of its machine
 */
public record WorkerSight(
        MachineSight machine,
        AgentSight agent,
        Instant ciAnswersSince,
        @Nullable String removal,
        List<Offering> ladder,
        @Nullable String obstacle,
        @Nullable CiRestart restart,
        Held held) {

    public WorkerSight {
        ladder = List.copyOf(ladder);
    }

    /** Whether a job may run on the machine, or be given to it before we can look again. */
    boolean mayRunJob() {
        return !machine.hasEnded()
                && switch (agent) {
                    case AgentSight.Unknown u -> true;
                    case AgentSight.Absent a -> false;
                    case AgentSight.Present present ->
                        present.accepting() || !present.jobs().isEmpty();
                };
    }

    WorkerSight withoutMachine() {
        return new WorkerSight(
                new MachineSight.Absent(), agent, ciAnswersSince, removal, ladder, obstacle, restart, held);
    }

    /** With the jobs, too, that a restart has interrupted and that may yet be taken up. */
    WorkerSight withInterrupted(Workload last, Instant now) {
        if (restart == null || !(agent instanceof AgentSight.Present present)) {
            return this;
        }
        List<Job> interrupted = restart.interrupted(last, present.jobs(), now);
        return interrupted.isEmpty()
                ? this
                : new WorkerSight(
                        machine,
                        present.andRunning(interrupted),
                        ciAnswersSince,
                        removal,
                        ladder,
                        obstacle,
                        restart,
                        held);
    }

    /** What the worker ran, once those of its jobs that were taken up after a restart are what they are now. */
    Workload takenUp(Workload last, Instant now) {
        return restart != null && agent instanceof AgentSight.Present present
                ? last.takenUp(present.jobs(), restart, now)
                : last;
    }

    /** What the agent runs; where the CI system does not answer, what it ran when it last did. */
    Workload work(WorkerState last, Instant now) {
        return switch (agent) {
            case AgentSight.Unknown u -> last.work();
            case AgentSight.Absent a -> Workload.NONE;
            case AgentSight.Present present -> last.work().seen(present.jobs(), now);
        };
    }

    /** That the CI system does not say what the agent does; null if it does. */
    @Nullable
    Silence silence() {
        return agent instanceof AgentSight.Unknown unknown ? unknown.silence() : null;
    }

    /**
     * Why a worker that runs no job shall go although no record says so: we have told its agent to take no further one, and
     * were kept from writing down why. Null if we have not.
     */
    @Nullable
    String unrecordedEnd() {
        return agent instanceof AgentSight.Present present && present.stoppedBecause() != null
                ? "was told to take no further job: " + present.stoppedBecause()
                : null;
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

        /**
         * Certainly there is none: never was one asked for, or all that was asked had no effect, or it was asked for directly
         * after the last request was answered.
         */
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
        record Unknown(Silence silence) implements AgentSight {}

        /**
         * It is neither registered nor listed with a job that still runs, and was not when it was read after the last
         * request for the worker was answered: a reading that is older than its registration must be {@link Unknown}.
         */
        record Absent() implements AgentSight {}

        /**
         * It is there.
         *
         * @param online it is connected, as far as the CI system knows
         * @param accepting it may be given a job, now or once it is connected; false if somebody has marked it offline or
         *     taken its registration away
         * @param stoppedBecause why we have told it to take no further job, if that is why it takes none; null if it may take
         *     one, or if somebody else has marked it offline
         * @param jobs those that it runs, whether connected or not, one for each executor in use
         */
        record Present(
                boolean online, boolean accepting, @Nullable String stoppedBecause, List<Job> jobs)
                implements AgentSight {
            public Present {
                jobs = List.copyOf(jobs);
            }

            Present andRunning(List<Job> others) {
                return new Present(
                        online,
                        accepting,
                        stoppedBecause,
                        Stream.concat(jobs.stream(), others.stream()).toList());
            }
        }
    }
}
