package dev.shedmaster.core.worker;

import static dev.shedmaster.core.worker.WorkerRules.inWords;

import dev.shedmaster.core.worker.WorkerEffect.AcceptAgain;
import dev.shedmaster.core.worker.WorkerEffect.AskForMachine;
import dev.shedmaster.core.worker.WorkerEffect.DeleteMachine;
import dev.shedmaster.core.worker.WorkerEffect.Forget;
import dev.shedmaster.core.worker.WorkerEffect.LookAtAgent;
import dev.shedmaster.core.worker.WorkerEffect.LookAtMachine;
import dev.shedmaster.core.worker.WorkerEffect.RemoveAgent;
import dev.shedmaster.core.worker.WorkerEffect.Retire;
import dev.shedmaster.core.worker.WorkerEffect.StopAccepting;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import dev.shedmaster.core.worker.WorkerState.Booting;
import dev.shedmaster.core.worker.WorkerState.Busy;
import dev.shedmaster.core.worker.WorkerState.Creating;
import dev.shedmaster.core.worker.WorkerState.Deleting;
import dev.shedmaster.core.worker.WorkerState.Draining;
import dev.shedmaster.core.worker.WorkerState.Evicted;
import dev.shedmaster.core.worker.WorkerState.Failed;
import dev.shedmaster.core.worker.WorkerState.Gone;
import dev.shedmaster.core.worker.WorkerState.Idle;
import dev.shedmaster.core.worker.WorkerState.Lost;
import dev.shedmaster.core.worker.WorkerState.Registering;
import dev.shedmaster.core.worker.WorkerState.Requested;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule of a worker's life: what follows from what is recorded and what is seen. Pure; whoever calls does the effects.
 *
 * <p>Invariants, each held by a property test:
 *
 * <ol>
 *   <li>No machine is deleted under a running job, but for the user's own {@code drainTimeout}.
 *   <li>An offering of another account is asked for only after the former provider said that it has no such machine.
 *   <li>The registration outlives the machine: it is removed only when the machine is gone.
 *   <li>The object outlives both.
 *   <li>Every state has a way out, and every wait has a deadline or is reported when it is overdue.
 * </ol>
 */
public final class WorkerLifecycle {
    /** How soon a look at a machine, or a step of the end, is repeated that was not yet answered. */
    static final Duration REPEAT_STEP = Duration.ofSeconds(5);
    /** How often a deletion under way is looked at, beside what wakes us: lists tell of most ends earlier and cheaper. */
    static final Duration LOOK_AT_LEAVING = Duration.ofSeconds(30);

    private final WorkerSight seen;
    private final WorkerRules rules;
    private final Instant now;
    private final MachineSearch search;
    /** The restart that has interrupted a job which may yet be taken up; null if no such job is known of. */
    private final @Nullable CiRestart interruption;

    private WorkerLifecycle(WorkerLife life, WorkerSight seen, WorkerRules rules, Instant now) {
        this.seen = seen.withInterrupted(life.state().work(), now);
        this.rules = rules;
        this.now = now;
        this.search = new MachineSearch(this, this.seen, rules, now);
        this.interruption = !this.seen.equals(seen) || isAwaited() ? seen.restart() : null;
    }

    /** Whether a job that was interrupted before we had seen it waits for the idle agent. */
    private boolean isAwaited() {
        return seen.restart() != null
                && seen.restart().awaits(now)
                && seen.agent() instanceof AgentSight.Present agent
                && agent.jobs().isEmpty();
    }

    private boolean mayRunJob() {
        return seen.mayRunJob() || (interruption != null && !seen.machine().hasEnded());
    }

    /** What follows from what is seen. */
    public static Transition next(WorkerLife life, WorkerSight seen, WorkerRules rules, Instant now) {
        WorkerLife known = life.running(seen.takenUp(life.state().work(), now));
        return new WorkerLifecycle(known, seen, rules, now).next(known);
    }

    /** What follows from the answer to {@link AskForMachine}. The sight is of after that answer. */
    public static Transition answered(
            WorkerLife life, WorkerAnswer answer, WorkerSight seen, WorkerRules rules, Instant now) {
        boolean none = answer instanceof WorkerAnswer.MachineRefused refused
                && refused.refusal().leavesNothing();
        return new WorkerLifecycle(life, none ? seen.withoutMachine() : seen, rules, now).answered(life, answer);
    }

    private Transition next(WorkerLife life) {
        return switch (life.state()) {
            case Requested r -> search.goesOn(life);
            case Creating c -> search.goesOn(life);
            case Booting b -> starting(life);
            case Registering r -> starting(life);
            case Idle i -> working(life);
            case Busy b -> working(life);
            case Failed failed -> keeping(life, failed);
            case Lost lost -> leaving(life, lost.waitsFor());
            case Evicted evicted -> leaving(life, evicted.waitsFor());
            case Draining draining -> draining(life, draining);
            case Deleting deleting -> deleting(life, deleting.why());
            case Gone gone -> gone(life, gone.why());
        };
    }

    private Transition answered(WorkerLife life, WorkerAnswer answer) {
        return switch (answer) {
            case WorkerAnswer.Accepted accepted -> {
                WorkerLife booting = life.accepted(accepted.machineId(), accepted.operation(), now);
                yield Transition.waiting(booting, rules.connectsBy(booting)).after(booting.state());
            }
            case WorkerAnswer.MachineRefused refused -> search.refusedByProvider(life, refused.refusal());
            case WorkerAnswer.NotOrdered refused -> search.refused(life, refused.refusal(), FailureKind.ORDER_REFUSED);
            case WorkerAnswer.EnrolmentRefused refused -> search.notEnrolled(life, refused.refusal());
        };
    }

    /** Booting and Registering: the machine was accepted, the agent has not (or not again) connected. */
    private Transition starting(WorkerLife life) {
        if (seen.removal() != null) {
            return leaving(life, seen.removal());
        }
        if (seen.agent() instanceof AgentSight.Present agent) {
            if (!agent.jobs().isEmpty()) {
                return enter(life, new Busy(seen.work(life.state(), now)));
            }
            if (agent.online() && agent.accepting()) {
                return enter(life, new Idle());
            }
        }
        WorkerState loss = MachineLoss.of(life, seen.machine());
        if (loss != null) {
            return enter(life, loss);
        }
        if (seen.machine() instanceof MachineSight.Running && life.state() instanceof Booting) {
            return enter(life, new Registering());
        }
        Instant planned = rules.connectsBy(life);
        if (seen.agent() instanceof AgentSight.Unknown) {
            return resting(life, null).overdueAt(planned, now);
        }
        Instant granted = seen.ciAnswersSince().plus(rules.connectsWithin(life));
        Instant deadline = granted.isAfter(planned) ? granted : planned;
        if (!now.isBefore(deadline)) {
            return neverOfUse(life);
        }
        return seen.unrecordedEnd() == null
                ? resting(life, deadline).overdueAt(planned, now)
                : leaving(life, seen.unrecordedEnd());
    }

    private Transition neverOfUse(WorkerLife life) {
        if (life.awaySince() != null) {
            return enter(life, new Lost("its agent was away or marked offline for " + inWords(rules.silenceTimeout())));
        }
        return life.state() instanceof Booting
                ? failing(life, FailureKind.NOT_RUNNING, LateStart.notRunning(life, seen.machine(), rules))
                : failing(life, FailureKind.NOT_REGISTERED, LateStart.notConnected(life, seen.agent(), rules));
    }

    /** Idle and Busy: the agent has connected. */
    private Transition working(WorkerLife life) {
        WorkerState loss = MachineLoss.of(life, seen.machine());
        if (loss != null && seen.removal() == null) {
            return enter(life, loss);
        }
        if (seen.agent() instanceof AgentSight.Present agent) {
            return connected(life, agent);
        }
        String why = whyToEnd(life);
        if (why != null) {
            return leaving(life, why);
        }
        return seen.agent() instanceof AgentSight.Absent
                ? enter(life, new Lost("its registration was taken away at the CI system"))
                : resting(life, rules.retiresAt(life));
    }

    private Transition connected(WorkerLife life, AgentSight.Present agent) {
        boolean isBusy = !agent.jobs().isEmpty();
        WorkerLife heard = life.counting(life.state().work().endedBy(agent.jobs()))
                .hearing(agent.online() && (isBusy || agent.accepting()), now);
        String why = whyToEnd(heard);
        if (why != null) {
            return leaving(heard, why);
        }
        if (isBusy) {
            Busy busy = new Busy(seen.work(life.state(), now));
            return life.state() instanceof Busy ? busy(heard.showing(busy), agent) : enter(heard, busy);
        }
        if (seen.unrecordedEnd() != null) {
            return leaving(heard, seen.unrecordedEnd());
        }
        if (heard.awaySince() != null) {
            return enter(heard, new Registering());
        }
        return life.state() instanceof Idle ? resting(heard, rules.retiresAt(heard)) : enter(heard, new Idle());
    }

    /** The CI system gives the next job sooner than we could notice that the last one has ended: it is told meanwhile. */
    private Transition busy(WorkerLife life, AgentSight.Present agent) {
        Transition running = running(life, rules.retiresAt(life));
        if (interruption != null) {
            return awaitingIts(running, agent, interruption);
        }
        String why = rules.whyNoMore(life);
        return why == null || !agent.accepting()
                ? running
                : running.doingFirst(List.of(new StopAccepting(why), new LookAtAgent()))
                        .lookingBy(now.plus(REPEAT_STEP));
    }

    /**
     * An interrupted job gets its executor back only while the agent may be given jobs. If that brings it another job first,
     * there is one too many; if it were not done, the interrupted one would be lost for certain.
     */
    private Transition awaitingIts(Transition waiting, AgentSight.Present agent, CiRestart restart) {
        boolean isOurMark = !agent.accepting() && agent.stoppedBecause() != null;
        Transition until = waiting.lookingBy(restart.ends());
        return restart.awaited() && isOurMark
                ? until.doingFirst(List.of(new AcceptAgain(), new LookAtAgent()))
                        .lookingBy(now.plus(REPEAT_STEP))
                : until;
    }

    /** A job goes on as long as the CI system says so. That its agent is away is reported and ends nothing. */
    private Transition running(WorkerLife life, @Nullable Instant until) {
        Transition resting = resting(life, until);
        return life.awaySince() == null ? resting : resting.overdueAt(rules.connectsBy(life), now);
    }

    /** Failed: kept for a while for a person to look at. */
    private Transition keeping(WorkerLife life, Failed failed) {
        String why = failed.waitsFor();
        Instant until = life.since().plus(rules.keeps(failed));
        if (seen.removal() != null || !now.isBefore(until)) {
            return leaving(life, why);
        }
        return seen.agent() instanceof AgentSight.Present agent && agent.accepting()
                ? Transition.acting(life, until, new StopAccepting(why)).lookingBy(now.plus(REPEAT_STEP))
                : Transition.waiting(life, until);
    }

    /** The only way to the end: no machine is deleted while a job may run on it. */
    Transition leaving(WorkerLife life, String why) {
        return enter(
                life,
                mayRunJob() ? new Draining(seen.work(life.state(), now), why, seen.silence()) : new Deleting(why));
    }

    private Transition draining(WorkerLife life, Draining draining) {
        String why = draining.why();
        if (!mayRunJob()) {
            return enter(life.counting(draining.work().size()), new Deleting(why));
        }
        Instant limit = rules.drainsUntil(life);
        if (limit != null && !now.isBefore(limit)) {
            String cut =
                    draining.work().isEmpty() ? "the wait" : draining.work().describe();
            return enter(life, new Deleting(why + "; spec.lifecycle.drainTimeout has cut " + cut + " short"));
        }
        List<WorkerEffect> first = retiring(why);
        Instant repeat = now.plus(REPEAT_STEP);
        if (!(seen.agent() instanceof AgentSight.Present agent)) {
            return resting(life.showing(new Draining(draining.work(), why, seen.silence())), limit)
                    .doingFirst(first)
                    .lookingBy(repeat)
                    .overdueAt(rules.endsBy(life), now);
        }
        WorkerLife shown = life.counting(draining.work().endedBy(agent.jobs()))
                .showing(new Draining(seen.work(draining, now), why, null))
                .hearing(agent.online(), now);
        if (interruption != null) {
            return awaitingIts(running(shown, limit), agent, interruption).doingFirst(first);
        }
        if (agent.accepting()) {
            first.addAll(List.of(new StopAccepting(why), new LookAtAgent()));
            return Transition.of(shown, first, limit).lookingBy(repeat).overdueAt(rules.endsBy(life), now);
        }
        Transition running = running(shown, limit).doingFirst(first);
        return first.isEmpty() ? running : running.lookingBy(repeat);
    }

    private Transition deleting(WorkerLife life, String why) {
        if (seen.machine() instanceof MachineSight.Absent) {
            return enter(life, new Gone(why));
        }
        List<WorkerEffect> effects = retiring(why);
        Duration pause = REPEAT_STEP;
        switch (seen.machine()) {
            case MachineSight.Leaving l -> pause = LOOK_AT_LEAVING;
            case MachineSight.Unlisted u -> effects.add(new LookAtMachine());
            default -> effects.add(new DeleteMachine());
        }
        if (seen.agent() instanceof AgentSight.Present agent && agent.accepting()) {
            // The CI system learns late of a dead machine: without this it would give it further jobs.
            effects.add(new StopAccepting(why));
        }
        return Transition.of(life, effects, now.plus(pause)).overdueAt(rules.endsBy(life), now);
    }

    private Transition gone(WorkerLife life, String why) {
        Silence silence = seen.silence();
        boolean isLeft = silence != null && silence.forGood();
        WorkerEffect last = seen.removal() == null ? new Retire(why) : new Forget(isLeft);
        return Transition.of(life, isLeft ? List.of(last) : List.of(new RemoveAgent(), last), now.plus(REPEAT_STEP))
                .overdueAt(rules.endsBy(life), now);
    }

    private @Nullable String whyToEnd(WorkerLife life) {
        return seen.removal() != null ? seen.removal() : rules.whyToRetire(life, now);
    }

    private List<WorkerEffect> retiring(String why) {
        return new ArrayList<>(seen.removal() == null ? List.of(new Retire(why)) : List.of());
    }

    /** Enters a state and goes on from there at once, so that no state is stored only to be left. */
    private Transition enter(WorkerLife life, WorkerState state) {
        return next(life.entering(state, now)).after(state);
    }

    Transition failing(WorkerLife life, FailureKind kind, String why) {
        return enter(life, new Failed(kind, why));
    }

    /** Nothing to do but wait; a machine that its list does not name is looked for meanwhile. */
    private Transition resting(WorkerLife life, @Nullable Instant until) {
        return seen.machine() instanceof MachineSight.Unlisted ? looking(life, until) : Transition.waiting(life, until);
    }

    Transition looking(WorkerLife life, @Nullable Instant until) {
        return Transition.acting(life, until, new LookAtMachine()).lookingBy(now.plus(REPEAT_STEP));
    }
}
