package dev.shedmaster.core.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How long a worker may take and how much it may do: the user's part ({@code spec.lifecycle} of the pool) and ours.
 *
 * @param createTimeout until the provider must have accepted the machine. Default 10 m: longer than any sensible
 *     throttling, shorter than a person's patience
 * @param bootTimeout from acceptance until the machine runs. Default 15 m; a provider gives up by itself after 40 m
 * @param registrationTimeout from running until the agent is connected. Default 5 m
 * @param silenceTimeout how long a connected agent may be away before its machine counts as lost. Default 5 m: what
 *     Jenkins itself allows a restarted controller's agents for coming back
 * @param deleteTimeout after which a deletion that still goes on is reported. It is never given up
 * @param drainTimeout the user's own hard limit for a job that is still running when its worker shall go; empty = none,
 *     and then a job is never cut short
 * @param maxAge after which a worker takes no further job; empty = none
 * @param maxJobs after which a worker takes no further job; empty = none
 * @param keepFailedFor how long a worker that failed is kept for a person to look at
 */
public record WorkerRules(
        Duration createTimeout,
        Duration bootTimeout,
        Duration registrationTimeout,
        Duration silenceTimeout,
        Duration deleteTimeout,
        Optional<Duration> drainTimeout,
        Optional<Duration> maxAge,
        OptionalInt maxJobs,
        Duration keepFailedFor) {

    public static final WorkerRules DEFAULT = new WorkerRules(
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Duration.ZERO);

    /** How long the state may last before something else follows, for a person who waits; null where nothing limits it. */
    public @Nullable Instant deadline(WorkerLife life) {
        Duration limit = switch (life.state()) {
            case WorkerState.Requested r -> createTimeout;
            case WorkerState.Creating c -> createTimeout;
            case WorkerState.Booting b -> bootTimeout;
            case WorkerState.Registering r -> registrationTimeout;
            case WorkerState.Draining d -> drainTimeout.orElse(null);
            case WorkerState.Deleting d -> deleteTimeout;
            case WorkerState.Failed failed -> keeps(failed);
            case WorkerState.Idle i -> null;
            case WorkerState.Busy b -> null;
            case WorkerState.Lost l -> null;
            case WorkerState.Evicted e -> null;
            case WorkerState.Gone g -> null;
        };
        return limit == null ? null : life.since().plus(limit);
    }

    Duration keeps(WorkerState.Failed failed) {
        return failed.kind() == FailureKind.NO_CAPACITY ? Duration.ZERO : keepFailedFor;
    }

    @Nullable
    Instant retiresAt(WorkerLife life) {
        return maxAge.map(life.bornAt()::plus).orElse(null);
    }

    @Nullable
    String whyToRetire(WorkerLife life, Instant now) {
        if (maxJobs.isPresent() && life.jobsDone() >= maxJobs.getAsInt()) {
            return "has run " + life.jobsDone() + " of " + maxJobs.getAsInt() + " jobs";
        }
        Instant limit = retiresAt(life);
        return limit != null && !now.isBefore(limit) ? "is older than " + maxAge.orElseThrow() : null;
    }
}
