package dev.shedmaster.core.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How long a worker may take and how much it may do: the user's part ({@code spec.lifecycle} of the pool) and ours.
 *
 * @param createTimeout until the provider must have accepted the machine; the wait for a turn among our own calls does not
 *     count. Default 10 m: longer than any sensible throttling, shorter than a person's patience
 * @param bootTimeout from when the provider accepted the machine until it says that the machine runs. Default 15 m; a
 *     provider gives up by itself after 40 m
 * @param registrationTimeout from then until the agent can be given a job; begins anew when the CI system answers again.
 *     Default 5 m
 * @param silenceTimeout how long an agent that was connected may be away, or marked offline by a person, before its machine
 *     counts as lost; begins anew when the CI system answers again. Default 5 m: what Jenkins itself allows a restarted
 *     controller's agents
 * @param deleteTimeout after which a step of the end that still goes on is reported. It is never given up
 * @param drainTimeout the user's own hard limit for a job that is still running when its worker shall go, and for the
 *     wait to learn whether one does; empty = none, and then a job is never cut short
 * @param maxAge after which a worker takes no further job; empty = none
 * @param maxJobs after which a worker takes no further job, those counted that it runs; empty = none
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

    /**
     * How long the state may last before something else follows, for a person who waits; null where nothing limits it.
     *
     */
    public @Nullable Instant deadline(WorkerLife life, Held held) {
        return switch (life.state()) {
            case WorkerState.Requested r -> asksUntil(life, held);
            case WorkerState.Creating c -> asksUntil(life, held);
            case WorkerState.Booting b -> connectsBy(life);
            case WorkerState.Registering r -> connectsBy(life);
            case WorkerState.Draining d -> drainsUntil(life);
            case WorkerState.Deleting d -> endsBy(life);
            case WorkerState.Gone g -> endsBy(life);
            case WorkerState.Failed failed -> life.since().plus(keeps(failed));
            case WorkerState.Idle i -> null;
            case WorkerState.Busy b -> life.awaySince() == null ? null : connectsBy(life);
            case WorkerState.Lost l -> null;
            case WorkerState.Evicted e -> null;
        };
    }

    /** Until when offerings are tried, all of them together, if it is not held again. */
    public Instant asksUntil(WorkerLife life, Held held) {
        return life.bornAt().plus(createTimeout).plus(held.total());
    }

    /** When it should be registered, if it is not held again: it goes on waiting after that, and is told of. */
    public Instant registeredBy(WorkerLife life, Held held) {
        return life.bornAt().plus(createTimeout).plus(held.byUs());
    }

    /** When the machine should run or the agent be connected, if the CI system has answered all the time. */
    Instant connectsBy(WorkerLife life) {
        if (life.awaySince() != null) {
            return life.awaySince().plus(silenceTimeout);
        }
        return life.since().plus(life.state() instanceof WorkerState.Booting ? bootTimeout : registrationTimeout);
    }

    /** How long its agent has for connecting, or for connecting again. */
    Duration connectsWithin(WorkerLife life) {
        return life.awaySince() == null ? registrationTimeout : silenceTimeout;
    }

    /** Until when a job may go on, at the user's own wish; null if it may take any time. */
    @Nullable
    Instant drainsUntil(WorkerLife life) {
        return drainTimeout.map(life.since()::plus).orElse(null);
    }

    /** When a step of the end that still goes on is reported. */
    Instant endsBy(WorkerLife life) {
        return life.since().plus(deleteTimeout);
    }

    Duration keeps(WorkerState.Failed failed) {
        return failed.kind().countsAgainstPool() ? keepFailedFor : Duration.ZERO;
    }

    @Nullable
    Instant retiresAt(WorkerLife life) {
        return maxAge.map(life.bornAt()::plus).orElse(null);
    }

    @Nullable
    String whyToRetire(WorkerLife life, Instant now) {
        if (maxJobs.isPresent() && life.jobsDone() >= maxJobs.getAsInt()) {
            return life.jobsDone() == 1
                    ? "has run its one job"
                    : "has run " + life.jobsDone() + " of " + counted(maxJobs.getAsInt());
        }
        Instant limit = retiresAt(life);
        return limit != null && !now.isBefore(limit) ? "is older than " + inWords(maxAge.orElseThrow()) : null;
    }

    /** Why a worker takes no further job while it still runs some; null if it may take more. */
    public @Nullable String whyNoMore(WorkerLife life) {
        int running = life.state().work().size();
        if (maxJobs.isEmpty() || !isFull(life.jobsDone(), running)) {
            return null;
        }
        if (maxJobs.getAsInt() == 1) {
            return "runs its one job";
        }
        return "runs the last " + (running == 1 ? "" : running + " ") + "of " + counted(maxJobs.getAsInt());
    }

    /** Whether a worker that has run so many jobs, and runs so many, shall have no other. */
    public boolean isFull(int done, int running) {
        return maxJobs.isPresent() && done + running >= maxJobs.getAsInt();
    }

    private static String counted(int jobs) {
        return jobs + (jobs == 1 ? " job" : " jobs");
    }

    /** A duration as users write it: {@code 1h30m}. */
    static String inWords(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
