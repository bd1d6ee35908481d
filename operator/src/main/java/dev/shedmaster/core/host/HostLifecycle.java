package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HostLife.RescueWork;
import dev.shedmaster.core.host.HostSight.Health;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.core.host.HostSight.Turn;
import dev.shedmaster.core.host.HostState.Checking;
import dev.shedmaster.core.host.HostState.Draining;
import dev.shedmaster.core.host.HostState.Draining.Purpose;
import dev.shedmaster.core.host.HostState.Failed;
import dev.shedmaster.core.host.HostState.Gone;
import dev.shedmaster.core.host.HostState.Maintenance;
import dev.shedmaster.core.host.HostState.Provisioning;
import dev.shedmaster.core.host.HostState.Quarantined;
import dev.shedmaster.core.host.HostState.Ready;
import dev.shedmaster.core.host.HostState.Registered;
import dev.shedmaster.core.host.HostState.Releasing;
import dev.shedmaster.core.host.HostState.Unfit;
import dev.shedmaster.core.host.HostState.Unreachable;
import dev.shedmaster.core.host.HostState.Wiping;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rule of a host's life: what follows from what is recorded and what is seen. Pure; whoever calls does the effects. How a server
 * is installed or wiped, step by step, is {@link RescueSteps}; how one that fell silent comes back, {@link Revival}; how one is
 * emptied and how it ends, {@link TakingOut}.
 *
 * <p>Invariants, each held by a property test:
 *
 * <ol>
 *   <li>Nothing cuts off or destroys anything but what is empty, ours and wanted so; or has been silent for long, its agents too.
 *   <li>A reboot is recorded before it is asked for, and none is asked for while the outcome of another is awaited.
 *   <li>Nothing is said to a server whose host key nobody has vouched for.
 *   <li>Every wait has a deadline or is reported when it is overdue, and every state has a way out: by itself, or by what a person
 *       can see and do.
 * </ol>
 */
public final class HostLifecycle {
    /** How soon a call is made again that was not answered. The landlord allows some hundred questions an hour. */
    static final Duration LOOK_AT_STEP = Duration.ofSeconds(20);

    final HostSight seen;
    final HostRules rules;
    final Instant now;
    private final RescueSteps steps;
    private final Revival revival;
    private final TakingOut takingOut;

    private HostLifecycle(HostSight seen, HostRules rules, Instant now) {
        this.seen = seen;
        this.rules = rules;
        this.now = now;
        this.steps = new RescueSteps(this);
        this.revival = new Revival(this);
        this.takingOut = new TakingOut(this);
    }

    /** What follows from what is seen. */
    public static HostTransition next(HostLife life, HostSight seen, HostRules rules, Instant now) {
        return new HostLifecycle(seen, rules, now).next(life);
    }

    /** What follows from the answer to an effect. The sight is of before it. */
    public static HostTransition answered(
            HostLife life, HostEffect effect, HostAnswer answer, HostSight seen, HostRules rules, Instant now) {
        return new HostLifecycle(seen, rules, now).answered(life, effect, answer);
    }

    HostTransition next(HostLife life) {
        HostLife known = life.knownBy(seen.wish());
        if (!known.equals(life)) {
            return next(known);
        }
        if (takingOut.mustLeave(life)) {
            return takingOut.leaving(life.forgiven());
        }
        if (seen.wish().maintenance() && !life.leaves() && takingOut.mayRest(life)) {
            return takingOut.taking(life, Purpose.MAINTENANCE);
        }
        return switch (life.state()) {
            case Registered r -> registered(life);
            case Provisioning(Step step) -> steps.next(life, step);
            case Wiping(Step step) -> steps.next(life, step);
            case Checking c -> checking(life);
            case Ready r -> ready(life);
            case Unfit unfit -> unfit(life, unfit);
            case Unreachable u -> revival.next(life);
            case Draining draining -> takingOut.draining(life, draining);
            case Maintenance m ->
                seen.wish().maintenance()
                        ? HostTransition.waiting(life, null)
                        : settling(life, "its maintenance is over");
            case Failed failed -> failed(life, failed);
            case Quarantined quarantined -> quarantined(life, quarantined);
            case Releasing r -> takingOut.releasing(life);
            case Gone g -> HostTransition.doing(life, new HostEffect.Forget(), now.plus(LOOK_AT_STEP));
        };
    }

    private HostTransition answered(HostLife life, HostEffect effect, HostAnswer answer) {
        if (life.step() != null) {
            return steps.answered(life, effect, answer);
        }
        return switch (effect) {
            case HostEffect.Probe p -> probed(life, answer);
            case HostEffect.RebootNow r -> revival.answered(life, answer);
            case HostEffect.DisarmRescue d -> takingOut.answered(life, effect, answer);
            case HostEffect.Release r -> takingOut.answered(life, effect, answer);
            default -> repeating(life, answer);
        };
    }

    /** Goes on where it belongs once nothing is in its way. */
    HostTransition settling(HostLife life, String why) {
        HostWish wish = seen.wish();
        HostLife free = life.rebooting(null).hearing(true, now).working(RescueWork.NONE);
        return wish.isInstalledByOthers() || free.installed().generation().equals(wish.generation())
                ? enter(free, new Checking(why))
                : enter(free, new Registered("waits for its turn to be installed"));
    }

    private HostTransition registered(HostLife life) {
        if (seen.wish().isInstalledByOthers()) {
            return settling(life, "it is new");
        }
        return switch (seen.turn()) {
            case Turn.NotYet(String why) ->
                HostTransition.waiting(life.showing(new Registered("waits for its turn: " + why)), null);
            case Turn.Granted g -> reinstalling(life);
        };
    }

    HostTransition reinstalling(HostLife life) {
        return enter(
                life.rebooting(null).working(RescueWork.NONE.of(seen.wish().generation())),
                new Provisioning(Step.CHECK_SERVER));
    }

    private HostTransition checking(HostLife life) {
        return inSystem(
                life,
                (heard, system) -> HostTransition.doing(heard, new HostEffect.Probe(), now.plus(LOOK_AT_STEP))
                        .overdueAt(life.since().plus(rules.callTimeout()), now));
    }

    private HostTransition probed(HostLife life, HostAnswer answer) {
        return switch (answer) {
            case HostAnswer.Probed(List<String> failures, List<String> hardware)
            when failures.isEmpty() && hardware.isEmpty() ->
                new HostLifecycle(seen.withoutHealth(), rules, now)
                        .enter(life.proven(seen.shell().boot()), new Ready());
            case HostAnswer.Probed(List<String> failures, List<String> hardware) -> {
                Unfit unfit = unfit(failures, hardware);
                yield life.state() instanceof Unfit ? probingAgain(life.showing(unfit), unfit) : enter(life, unfit);
            }
            default -> repeating(life, answer);
        };
    }

    /** What is broken is told first: it says why the rest does not work, more often than the other way round. */
    private Unfit unfit(List<String> failures, List<String> hardware) {
        String message = Stream.concat(hardware.stream(), failures.stream()).collect(Collectors.joining("; "));
        TroubleKind kind = hardware.isEmpty() ? TroubleKind.PROBE_FAILED : TroubleKind.HARDWARE_FAILING;
        return new Unfit(new Trouble(kind, message), now);
    }

    private HostTransition ready(HostLife life) {
        return inSystem(life, (heard, system) -> {
            if (!system.bootId().equals(heard.installed().bootId())) {
                return enter(heard, new Checking("it has rebooted"));
            }
            if (seen.health() instanceof Health.Read(List<String> failings, List<String> hardware)
                    && !(failings.isEmpty() && hardware.isEmpty())) {
                return enter(heard, unfit(failings, hardware));
            }
            return takingOut.isWanted(Purpose.REINSTALLATION, heard) && seen.turn() instanceof Turn.Granted
                    ? takingOut.taking(heard, Purpose.REINSTALLATION)
                    : HostTransition.waiting(heard, null);
        });
    }

    private HostTransition unfit(HostLife life, Unfit unfit) {
        return inSystem(life, (heard, system) -> {
            if (unfit.trouble().kind() == TroubleKind.KEY_REJECTED) {
                return enter(heard, new Checking("it lets us in again"));
            }
            boolean hasHadItsTime = !now.isBefore(life.since().plus(rules.unfitTimeout()));
            return hasHadItsTime && unfit.trouble().kind() != TroubleKind.HARDWARE_FAILING
                    ? enter(heard, new Quarantined(unfit.trouble()))
                    : probingAgain(heard, unfit);
        });
    }

    /**
     * Where the hardware fails, this is all that is ever done: in quarantine nobody would look after the jobs that still run there, and
     * it says itself when it is well again.
     */
    private HostTransition probingAgain(HostLife life, Unfit unfit) {
        Instant again = unfit.checkedAt().plus(rules.probeAgain());
        HostTransition waiting = now.isBefore(again)
                ? HostTransition.waiting(life, again)
                : HostTransition.doing(life, new HostEffect.Probe(), now.plus(LOOK_AT_STEP));
        Instant limit = life.since().plus(rules.unfitTimeout());
        return unfit.trouble().kind() == TroubleKind.HARDWARE_FAILING
                ? waiting.overdueAt(limit, now)
                : waiting.lookingBy(limit);
    }

    /** What follows if the installed system answers as it should; else what follows from what is there in its place. */
    private HostTransition inSystem(HostLife life, BiFunction<HostLife, Shell.InSystem, HostTransition> rule) {
        return switch (seen.shell()) {
            case Shell.InSystem system -> rule.apply(life.hearing(true, now), system);
            case Shell.Unasked u -> HostTransition.waiting(life, now);
            case Shell.Stranger(String fingerprint) -> enter(life, new Quarantined(stranger(fingerprint)));
            case Shell.Locked(String why) -> locked(life, why);
            case Shell.InRescue r -> enter(life.hearing(true, now), new Unreachable("it runs the rescue system"));
            case Shell.Silent(String why) -> {
                HostLife silent = life.hearing(false, now);
                Instant limit = silent.silentFrom(now).plus(rules.silenceTimeout());
                yield now.isBefore(limit) ? HostTransition.waiting(silent, limit) : enter(silent, new Unreachable(why));
            }
        };
    }

    /** The right server lets us not in: it serves nothing until it does. */
    HostTransition locked(HostLife life, String why) {
        Trouble trouble = new Trouble(TroubleKind.KEY_REJECTED, why);
        return life.state() instanceof Unfit(Trouble known, Instant at) && known.kind() == TroubleKind.KEY_REJECTED
                ? HostTransition.waiting(life.showing(new Unfit(trouble, at)), null)
                        .overdueAt(life.since().plus(rules.unfitTimeout()), now)
                : enter(life.hearing(true, now), new Unfit(trouble, now));
    }

    static Trouble stranger(String fingerprint) {
        return new Trouble(
                TroubleKind.HOST_KEY_CHANGED,
                "it presents the host key " + fingerprint
                        + ", which nobody has vouched for: find out who has reinstalled it, "
                        + "or who answers in its place; released, it is installed anew, or known by the keys in spec.ssh");
    }

    private HostTransition failed(HostLife life, Failed failed) {
        if (seen.wish().hasNewsSince(life.since())) {
            return again(life.forgiven());
        }
        return now.isBefore(failed.retryAt()) ? HostTransition.waiting(life, failed.retryAt()) : again(life);
    }

    /** Nothing is done to it. One that only did not answer comes back by itself if it does. */
    private HostTransition quarantined(HostLife life, Quarantined quarantined) {
        boolean isBack =
                quarantined.trouble().kind() == TroubleKind.UNREACHABLE && seen.shell() instanceof Shell.InSystem;
        if (!isBack && !seen.wish().hasNewsSince(life.since())) {
            return HostTransition.waiting(life, null);
        }
        // Who releases it has found out who the stranger is: whatever that has installed is not ours any more.
        boolean isReplaced =
                quarantined.trouble().kind() == TroubleKind.HOST_KEY_CHANGED && seen.shell() instanceof Shell.Stranger;
        HostLife free = life.forgiven();
        return again(isReplaced ? free.having(HostLife.Installed.NOTHING) : free);
    }

    private HostTransition again(HostLife life) {
        return seen.wish().removal() == null ? settling(life, "it is tried again") : takingOut.leaving(life);
    }

    /** An attempt has failed. What a person alone can mend is not tried again. */
    HostTransition failing(HostLife life, Trouble trouble) {
        HostLife failed = life.failedOnce();
        if (!trouble.kind().passes() || failed.failures() >= rules.attempts()) {
            return enter(failed, new Quarantined(trouble));
        }
        return enter(failed, new Failed(trouble, now.plus(rules.pauseAfter(failed.failures()))));
    }

    /** An effect was not done, or its answer says nothing: it is done again. */
    HostTransition repeating(HostLife life, HostAnswer answer) {
        if (answer instanceof HostAnswer.Failed(Trouble trouble)) {
            return failing(life, trouble);
        }
        Instant again = switch (answer) {
            case HostAnswer.Later(Duration after, String why) -> now.plus(after);
            case HostAnswer.GoesOn going -> LookPace.next(life.since(), now);
            default -> now.plus(LOOK_AT_STEP);
        };
        return HostTransition.waiting(life, again).overdueAt(life.since().plus(rules.callTimeout()), now);
    }

    HostTransition enter(HostLife life, HostState next) {
        return next(life.entering(next, now)).after(next);
    }
}
