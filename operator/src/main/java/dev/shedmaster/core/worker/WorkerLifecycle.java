package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerEffect.AskForMachine;
import dev.shedmaster.core.worker.WorkerEffect.DeleteMachine;
import dev.shedmaster.core.worker.WorkerEffect.Forget;
import dev.shedmaster.core.worker.WorkerEffect.LookAtMachine;
import dev.shedmaster.core.worker.WorkerEffect.RemoveAgent;
import dev.shedmaster.core.worker.WorkerEffect.Retire;
import dev.shedmaster.core.worker.WorkerEffect.StopAccepting;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import dev.shedmaster.core.worker.WorkerState.Busy;
import dev.shedmaster.core.worker.WorkerState.Deleting;
import dev.shedmaster.core.worker.WorkerState.Draining;
import dev.shedmaster.core.worker.WorkerState.Evicted;
import dev.shedmaster.core.worker.WorkerState.Failed;
import dev.shedmaster.core.worker.WorkerState.Gone;
import dev.shedmaster.core.worker.WorkerState.Idle;
import dev.shedmaster.core.worker.WorkerState.Job;
import dev.shedmaster.core.worker.WorkerState.Lost;
import dev.shedmaster.core.worker.WorkerState.Registering;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    /** How soon an unsure call is made again: long enough for a provider to have noticed the first one. */
    static final Duration REPEAT_UNSURE = Duration.ofSeconds(2);
    /** How soon a refused credential is tried again; the call is answered locally until its Secret changes. */
    static final Duration REPEAT_UNAUTHORIZED = Duration.ofSeconds(30);
    /** How soon a step of the end is tried again that was not yet answered. */
    static final Duration LOOK_AT_END = Duration.ofSeconds(5);
    /** How often a deletion under way is looked at, beside what wakes us: lists tell of most ends earlier and cheaper. */
    static final Duration LOOK_AT_LEAVING = Duration.ofSeconds(30);

    private WorkerLifecycle() {}

    /** What follows from what is seen. */
    public static Transition next(WorkerLife life, WorkerSight seen, WorkerRules rules, Instant now) {
        return switch (life.state()) {
            case WorkerState.Requested r -> asking(life, seen, rules, now);
            case WorkerState.Creating c -> asking(life, seen, rules, now);
            case WorkerState.Booting b -> starting(life, seen, rules.bootTimeout(), rules, now);
            case Registering r -> starting(life, seen, rules.registrationTimeout(), rules, now);
            case Idle i -> working(life, null, seen, rules, now);
            case Busy busy -> working(life, busy.job(), seen, rules, now);
            case Draining draining -> draining(life, draining, seen, rules, now);
            case Deleting deleting -> deleting(life, deleting.why(), seen, rules, now);
            case Gone gone -> gone(life, gone.why(), seen, now);
            case Failed failed -> keeping(life, rules.keeps(failed), seen, rules, now);
            case Lost lost -> keeping(life, Duration.ZERO, seen, rules, now);
            case Evicted evicted -> keeping(life, Duration.ZERO, seen, rules, now);
        };
    }

    /** What follows from the answer to {@link AskForMachine}. */
    public static Transition answered(
            WorkerLife life, WorkerAnswer answer, WorkerSight seen, WorkerRules rules, Instant now) {
        return switch (answer) {
            case WorkerAnswer.Accepted accepted ->
                waiting(life.accepted(accepted.machineId(), accepted.operation(), now), now.plus(rules.bootTimeout()));
            case WorkerAnswer.MachineRefused refused ->
                refused(life, refused.refusal(), FailureKind.ORDER_REFUSED, seen, rules, now);
            case WorkerAnswer.EnrolmentRefused refused ->
                refused(life, refused.refusal(), FailureKind.NOT_ENROLLED, seen, rules, now);
        };
    }

    private static Transition asking(WorkerLife life, WorkerSight seen, WorkerRules rules, Instant now) {
        if (seen.removal() != null) {
            return enter(life, new Deleting(seen.removal()), seen, rules, now);
        }
        Instant deadline = life.bornAt().plus(rules.createTimeout());
        if (!now.isBefore(deadline)) {
            return enter(
                    life, new Failed(FailureKind.NOT_ACCEPTED, "within " + rules.createTimeout()), seen, rules, now);
        }
        if (seen.ladder().contains(life.offering()) || seen.machine().exists()) {
            return acting(life, deadline, new AskForMachine(life.offering()));
        }
        // The offering was refused to others meanwhile. A call of ours may have got through before a crash: make sure.
        if (!(seen.machine() instanceof MachineSight.Absent)) {
            return acting(life, deadline, new LookAtMachine());
        }
        return askingNext(life, "every offering is known to be exhausted", seen.ladder(), seen, rules, now);
    }

    private static Transition askingNext(
            WorkerLife life, String why, List<Offering> ladder, WorkerSight seen, WorkerRules rules, Instant now) {
        if (ladder.isEmpty()) {
            return enter(life, new Failed(FailureKind.NO_CAPACITY, why), seen, rules, now);
        }
        Offering offering = ladder.getFirst();
        return acting(
                life.asking(offering, now), life.bornAt().plus(rules.createTimeout()), new AskForMachine(offering));
    }

    private static Transition refused(
            WorkerLife life, Refusal refusal, FailureKind ifInvalid, WorkerSight seen, WorkerRules rules, Instant now) {
        Instant deadline = life.bornAt().plus(rules.createTimeout());
        return switch (refusal) {
            case Refusal.NoCapacity none ->
                askingNext(
                        life,
                        none.message(),
                        seen.ladder().stream()
                                .filter(offering -> !none.blockage().scope().covers(offering))
                                .toList(),
                        seen,
                        rules,
                        now);
            case Refusal.Invalid invalid ->
                enter(life, new Failed(ifInvalid, invalid.field() + ": " + invalid.message()), seen, rules, now);
            case Refusal.Throttled throttled -> waiting(life, earlier(now.plus(throttled.retryAfter()), deadline));
            case Refusal.Unauthorized u -> waiting(life, earlier(now.plus(REPEAT_UNAUTHORIZED), deadline));
            case Refusal.Unsure u -> waiting(life, earlier(now.plus(REPEAT_UNSURE), deadline));
        };
    }

    /** Booting and Registering: the machine was accepted, the agent has not (or not again) connected. */
    private static Transition starting(
            WorkerLife life, WorkerSight seen, Duration limit, WorkerRules rules, Instant now) {
        if (seen.agent() instanceof AgentSight.Present agent
                && (agent.job().isPresent() || (agent.online() && agent.accepting()))) {
            return agent.job().isPresent()
                    ? enter(life, new Busy(agent.job().get()), seen, rules, now)
                    : enter(life, new Idle(), seen, rules, now);
        }
        if (seen.removal() != null) {
            return enter(life, new Draining(null, seen.removal()), seen, rules, now);
        }
        WorkerState loss = loss(life, seen.machine());
        if (loss != null) {
            return enter(life, loss, seen, rules, now);
        }
        if (seen.machine() instanceof MachineSight.Running && life.state() instanceof WorkerState.Booting) {
            return enter(life, new Registering(), seen, rules, now);
        }
        Instant deadline = life.since().plus(limit);
        if (!now.isBefore(deadline) && !(seen.agent() instanceof AgentSight.Unknown)) {
            FailureKind kind =
                    life.state() instanceof WorkerState.Booting ? FailureKind.BOOT_FAILED : FailureKind.NOT_REGISTERED;
            return enter(life, new Failed(kind, "within " + limit), seen, rules, now);
        }
        return seen.machine() instanceof MachineSight.Unlisted
                ? acting(life, deadline, new LookAtMachine())
                : waiting(life, deadline);
    }

    /** Idle and Busy: the agent has connected. */
    private static Transition working(
            WorkerLife life, @Nullable Job running, WorkerSight seen, WorkerRules rules, Instant now) {
        WorkerState loss = loss(life, seen.machine());
        if (loss != null) {
            return enter(life, loss, seen, rules, now);
        }
        if (seen.machine() instanceof MachineSight.Unlisted) {
            return acting(life, null, new LookAtMachine());
        }
        return switch (seen.agent()) {
            case AgentSight.Unknown u -> waiting(life, null);
            case AgentSight.Absent a ->
                enter(life, new Lost("its registration was taken away at the CI system"), seen, rules, now);
            case AgentSight.Present agent -> connected(life, running, agent, seen, rules, now);
        };
    }

    private static Transition connected(
            WorkerLife life,
            @Nullable Job before,
            AgentSight.Present agent,
            WorkerSight seen,
            WorkerRules rules,
            Instant now) {
        Job job = agent.job().orElse(null);
        WorkerLife counted = before != null && !before.equals(job) ? life.withJobDone() : life;
        String why = whyToEnd(counted, seen, rules, now);
        if (why != null) {
            return enter(counted, new Draining(job, why), seen, rules, now);
        }
        if (job != null) {
            return job.equals(before)
                    ? waiting(life, rules.retiresAt(life))
                    : enter(counted, new Busy(job), seen, rules, now);
        }
        if (!agent.online() || !agent.accepting()) {
            return enter(counted, new Registering(), seen, rules, now);
        }
        return before == null ? waiting(life, rules.retiresAt(life)) : enter(counted, new Idle(), seen, rules, now);
    }

    private static Transition draining(
            WorkerLife life, Draining draining, WorkerSight seen, WorkerRules rules, Instant now) {
        String why = draining.why();
        List<WorkerEffect> effects = new ArrayList<>();
        if (seen.removal() == null) {
            effects.add(new Retire(why));
        }
        if (seen.machine().hasEnded() || seen.agent() instanceof AgentSight.Absent) {
            return enter(ended(life, draining), new Deleting(why), seen, rules, now);
        }
        if (!(seen.agent() instanceof AgentSight.Present agent)) {
            return Transition.of(life, effects, now.plus(LOOK_AT_END))
                    .overdueAt(life.since().plus(rules.deleteTimeout()), now);
        }
        if (agent.accepting()) {
            effects.add(new StopAccepting(why));
            effects.add(new WorkerEffect.LookAtAgent());
            return Transition.of(life, effects, now.plus(LOOK_AT_END));
        }
        if (agent.job().isEmpty()) {
            return enter(ended(life, draining), new Deleting(why), seen, rules, now);
        }
        Optional<Instant> limit = rules.drainTimeout().map(life.since()::plus);
        if (limit.isPresent() && !now.isBefore(limit.get())) {
            return enter(
                    life,
                    new Deleting(
                            why + "; " + agent.job().get().name() + " was cut short by spec.lifecycle.drainTimeout"),
                    seen,
                    rules,
                    now);
        }
        WorkerLife shown = life.showing(new Draining(agent.job().get(), why));
        return Transition.of(shown, effects, limit.orElse(null));
    }

    private static Transition deleting(WorkerLife life, String why, WorkerSight seen, WorkerRules rules, Instant now) {
        if (seen.machine() instanceof MachineSight.Absent) {
            return enter(life, new Gone(why), seen, rules, now);
        }
        List<WorkerEffect> effects = new ArrayList<>();
        if (seen.removal() == null) {
            effects.add(new Retire(why));
        }
        Duration pause = LOOK_AT_END;
        switch (seen.machine()) {
            case MachineSight.Leaving l -> pause = LOOK_AT_LEAVING;
            case MachineSight.Unlisted u -> effects.add(new LookAtMachine());
            default -> effects.add(new DeleteMachine());
        }
        return Transition.of(life, effects, now.plus(pause))
                .overdueAt(life.since().plus(rules.deleteTimeout()), now);
    }

    private static Transition gone(WorkerLife life, String why, WorkerSight seen, Instant now) {
        WorkerEffect last = seen.removal() == null ? new Retire(why) : new Forget();
        return Transition.of(life, List.of(new RemoveAgent(), last), now.plus(LOOK_AT_END));
    }

    /** Failed, Lost and Evicted: kept for a while, then deleted. */
    private static Transition keeping(
            WorkerLife life, Duration keep, WorkerSight seen, WorkerRules rules, Instant now) {
        String why = life.state().waitsFor();
        Instant until = life.since().plus(keep);
        if (seen.removal() != null || !now.isBefore(until)) {
            return enter(life, new Deleting(why), seen, rules, now);
        }
        return seen.agent() instanceof AgentSight.Present agent && agent.accepting()
                ? acting(life, until, new StopAccepting(why))
                : waiting(life, until);
    }

    private static @Nullable WorkerState loss(WorkerLife life, MachineSight machine) {
        return switch (machine) {
            case MachineSight.Absent a ->
                life.offering().type() == CapacityType.SPOT
                        ? new Evicted("the provider no longer has the machine")
                        : new Lost("the provider no longer has the machine");
            case MachineSight.Stopped s -> new Lost("the machine is powered off");
            case MachineSight.Leaving l -> new Lost("the machine is being deleted by somebody else");
            case MachineSight.Broken broken ->
                life.state() instanceof WorkerState.Booting
                        ? new Failed(
                                broken.refusal() instanceof Refusal.NoCapacity
                                        ? FailureKind.NO_CAPACITY
                                        : FailureKind.BOOT_FAILED,
                                broken.refusal().message())
                        : null; // It runs although its creation was reported as failed: the agent decides.
            case MachineSight.Unknown u -> null;
            case MachineSight.Unlisted u -> null;
            case MachineSight.Starting s -> null;
            case MachineSight.Running r -> null;
        };
    }

    private static @Nullable String whyToEnd(WorkerLife life, WorkerSight seen, WorkerRules rules, Instant now) {
        return seen.removal() != null ? seen.removal() : rules.whyToRetire(life, now);
    }

    private static WorkerLife ended(WorkerLife life, Draining draining) {
        return draining.job() == null ? life : life.withJobDone();
    }

    /** Enters a state and goes on from there at once, so that no state is stored only to be left. */
    private static Transition enter(
            WorkerLife life, WorkerState state, WorkerSight seen, WorkerRules rules, Instant now) {
        return next(life.entering(state, now), seen, rules, now).after(state);
    }

    private static Transition waiting(WorkerLife life, @Nullable Instant until) {
        return Transition.of(life, List.of(), until);
    }

    private static Transition acting(WorkerLife life, @Nullable Instant until, WorkerEffect effect) {
        return Transition.of(life, List.of(effect), until);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
