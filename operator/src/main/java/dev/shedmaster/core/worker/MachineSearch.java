package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerEffect.AskForMachine;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The first part of a worker's life, until a provider has accepted its machine: which offering is asked for, when it is
 * asked for again or the next one in its place, and when that is given up.
 */
final class MachineSearch {
    /** How soon an unsure call is made again: long enough for a provider to have noticed the first one. */
    static final Duration REPEAT_UNSURE = Duration.ofSeconds(2);
    /** How soon a refused credential is tried again; the call is answered locally until its Secret changes. */
    static final Duration REPEAT_UNAUTHORIZED = Duration.ofSeconds(30);

    /** For how long after its time one tries on for all that its CI system does not register. */
    static final Duration TRIES_ON = Duration.ofHours(1);

    private final WorkerLifecycle lifecycle;
    private final WorkerSight seen;
    private final WorkerRules rules;
    private final Instant now;

    MachineSearch(WorkerLifecycle lifecycle, WorkerSight seen, WorkerRules rules, Instant now) {
        this.lifecycle = lifecycle;
        this.seen = seen;
        this.rules = rules;
        this.now = now;
    }

    /** Requested and Creating: whether a provider has accepted the machine is not known. */
    Transition goesOn(WorkerLife life) {
        if (seen.removal() != null) {
            return lifecycle.leaving(life, seen.removal());
        }
        if (isTurnedAwayForTooLong(life)) {
            return lifecycle.leaving(life, "its CI system answers and has not registered it within an hour and more");
        }
        boolean isOffered =
                seen.ladder().contains(life.offering()) || seen.machine().exists();
        if (isLate(life) && seen.obstacle() != null) {
            return notAccepted(life);
        }
        String tooOld = rules.whyToRetire(life, now);
        if (tooOld != null && !seen.machine().exists()) {
            return seen.agent() instanceof AgentSight.Unknown
                    ? waitingToBeRegistered(life, REPEAT_UNAUTHORIZED)
                    : lifecycle.leaving(life, tooOld);
        }
        if (isLate(life) && !isOffered) {
            return lifecycle.failing(life, FailureKind.NO_ACCOUNT, LateStart.notAccepted(life, rules));
        }
        if (seen.obstacle() != null) {
            return askingAgain(life, WorkerLifecycle.REPEAT_STEP);
        }
        Instant deadline = asksUntil(life);
        if (isOffered) {
            // However late: its turn may have come only now. If it was late before, this is the last time.
            return Transition.acting(
                    life,
                    isLate(life) ? now.plus(WorkerLifecycle.REPEAT_STEP) : deadline,
                    new AskForMachine(life.offering()));
        }
        // The offering was refused to others meanwhile. A call of ours may have got through before a crash: make sure.
        return seen.machine() instanceof MachineSight.Absent
                ? askingNext(life, FailureKind.NO_CAPACITY, "every offering was refused lately", seen.ladder())
                : lifecycle.looking(life, deadline);
    }

    /** Then the fault may lie with the worker: another one of its pool tries instead, if one is wanted. */
    private boolean isTurnedAwayForTooLong(WorkerLife life) {
        boolean isOfNoUse = seen.agent() instanceof AgentSight.Absent
                || (seen.agent() instanceof AgentSight.Present agent
                        && !agent.online()
                        && agent.jobs().isEmpty());
        return isOfNoUse
                && !seen.held().unregistered().isZero()
                && !now.isBefore(rules.registeredBy(life, seen.held()).plus(TRIES_ON));
    }

    /**
     * That the CI system does not register the worker, for whatever reason but that it never would, says nothing of the machine:
     * it waits, and is told of once a machine would have had to be accepted.
     */
    Transition notEnrolled(WorkerLife life, Refusal refusal) {
        if (refusal.leavesNothing()) {
            return refused(life, refusal, FailureKind.NOT_ENROLLED);
        }
        Duration pause = switch (refusal) {
            case Refusal.Throttled throttled -> throttled.retryAfter();
            case Refusal.HeldBack held -> held.retryAfter();
            case Refusal.Unauthorized u -> REPEAT_UNAUTHORIZED;
            default -> moreAndMoreRarely(life);
        };
        return waitingToBeRegistered(life, pause);
    }

    private Transition waitingToBeRegistered(WorkerLife life, Duration pause) {
        return Transition.waiting(life, now.plus(pause)).overdueAt(rules.registeredBy(life, seen.held()), now);
    }

    /** All that wait for a CI system ask it again: after a tenth of the time that they have waited, within bounds. */
    private Duration moreAndMoreRarely(WorkerLife life) {
        Duration tenth = Duration.between(life.since(), now).dividedBy(10);
        if (tenth.compareTo(REPEAT_UNSURE) < 0) {
            return REPEAT_UNSURE;
        }
        return tenth.compareTo(REPEAT_UNAUTHORIZED) < 0 ? tenth : REPEAT_UNAUTHORIZED;
    }

    Transition refused(WorkerLife life, Refusal refusal, FailureKind ifInvalid) {
        return switch (refusal) {
            case Refusal.NoCapacity none ->
                askingNext(life, FailureKind.NO_CAPACITY, none.message(), others(life.offering(), none.blockage()));
            case Refusal.Invalid invalid -> lifecycle.failing(life, ifInvalid, invalid.describe());
            case Refusal.HeldBack held ->
                Transition.waiting(life, now.plus(held.retryAfter())).overdueAt(asksUntil(life), now);
            case Refusal.Throttled throttled -> askingAgainOrFailing(life, throttled.retryAfter());
            case Refusal.Unauthorized u -> askingAgainOrFailing(life, REPEAT_UNAUTHORIZED);
            case Refusal.Unsure u -> askingAgainOrFailing(life, REPEAT_UNSURE);
        };
    }

    /** Where the refusal has closed the account to everybody, this worker has no business there any more either. */
    Transition refusedByProvider(WorkerLife life, Refusal refusal) {
        boolean isOffered = seen.ladder().contains(life.offering());
        return switch (refusal) {
            case Refusal.Invalid invalid ->
                askingNext(life, FailureKind.ORDER_REFUSED, invalid.describe(), others(life.offering()));
            case Refusal.Throttled throttled when !isOffered -> elsewhere(life, throttled.message());
            case Refusal.Unauthorized refused when !isOffered -> elsewhere(life, refused.message());
            default -> refused(life, refusal, FailureKind.ORDER_REFUSED);
        };
    }

    private Transition askingNext(WorkerLife life, FailureKind ifNoneIsLeft, String why, List<Offering> ladder) {
        if (seen.removal() != null) {
            return lifecycle.leaving(life, seen.removal());
        }
        if (seen.obstacle() != null && !isLate(life)) {
            return askingAgain(life, WorkerLifecycle.REPEAT_STEP);
        }
        if (ladder.isEmpty() || isLate(life)) {
            return lifecycle.failing(life, ifNoneIsLeft, why);
        }
        WorkerLife asking = life.asking(ladder.getFirst(), now);
        return Transition.acting(asking, asksUntil(life), new AskForMachine(asking.offering()))
                .after(asking.state());
    }

    /** Unless an earlier call may have got through: that account is asked then whether it has the machine. */
    private Transition elsewhere(WorkerLife life, String why) {
        if (seen.machine() instanceof MachineSight.Absent) {
            return askingNext(life, FailureKind.NO_ACCOUNT, why, seen.ladder());
        }
        return isLate(life)
                ? lifecycle.failing(life, FailureKind.NO_ACCOUNT, why)
                : lifecycle.looking(life, asksUntil(life));
    }

    private boolean isLate(WorkerLife life) {
        return !now.isBefore(asksUntil(life));
    }

    private Instant asksUntil(WorkerLife life) {
        return rules.asksUntil(life, seen.held());
    }

    private Transition askingAgainOrFailing(WorkerLife life, Duration pause) {
        return isLate(life) ? notAccepted(life) : askingAgain(life, pause);
    }

    private Transition askingAgain(WorkerLife life, Duration pause) {
        return Transition.waiting(life, asksUntil(life)).lookingBy(now.plus(pause));
    }

    private Transition notAccepted(WorkerLife life) {
        return lifecycle.failing(life, FailureKind.NOT_ACCEPTED, LateStart.notAccepted(life, rules));
    }

    private List<Offering> others(Offering refused) {
        return seen.ladder().stream()
                .filter(offering -> !offering.equals(refused))
                .toList();
    }

    private List<Offering> others(Offering refused, Blockage blockage) {
        return others(refused).stream()
                .filter(offering -> !blockage.scope().covers(offering))
                .toList();
    }
}
