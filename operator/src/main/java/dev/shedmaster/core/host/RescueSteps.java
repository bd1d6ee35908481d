package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HostLife.Installed;
import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.core.host.HostState.Draining;
import dev.shedmaster.core.host.HostState.Draining.Purpose;
import dev.shedmaster.core.host.HostState.Gone;
import dev.shedmaster.core.host.HostState.Provisioning;
import dev.shedmaster.core.host.HostState.Releasing;
import dev.shedmaster.core.host.HostState.Wiping;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a server is installed, or wiped: into the rescue system, work there, and out again. Each step is small, is recorded, and may
 * be repeated, but for the {@link Reboots}.
 */
final class RescueSteps {
    private final HostLifecycle rule;
    private final Reboots reboots;

    RescueSteps(HostLifecycle rule) {
        this.rule = rule;
        this.reboots = new Reboots(rule, this);
    }

    HostTransition next(HostLife life, Step step) {
        if (isOverturned(life)) {
            return overturned(life, step);
        }
        Trouble stop = whyNotAtAll(life);
        if (stop != null && step != Step.CHECK_SERVER) {
            return rule.failing(life, stop);
        }
        if (isOccupied(life)) {
            return patiently(life);
        }
        if (isBackWithWorkers(life, step)) {
            return rule.enter(
                    life.rebooting(null),
                    new Draining(Purpose.REMOVAL, rule.seen.occupancy().jobs()));
        }
        return switch (step) {
            case CHECK_SERVER -> server(life);
            case ENSURE_KEY -> calling(life, new HostEffect.EnsureKey());
            case ARM_RESCUE -> calling(life, new HostEffect.ArmRescue());
            case REBOOT_INTO_RESCUE -> reboots.into(life, Step.AWAIT_RESCUE);
            case AWAIT_RESCUE -> reboots.awaitingRescue(life);
            case INSPECT -> inRescue(life, new HostEffect.Inspect(), rule.rules.callTimeout());
            case CHECK_DISKS -> inRescue(life, new HostEffect.LookAtDisks(), rule.rules.callTimeout());
            case INSTALL ->
                inRescue(
                        life,
                        new HostEffect.Install(
                                life.work().generation(), life.work().disks()),
                        rule.rules.installTimeout());
            case COLLECT_HOST_KEYS ->
                inRescue(life, new HostEffect.CollectHostKeys(life.work().disks()), rule.rules.callTimeout());
            case REBOOT_INTO_SYSTEM -> reboots.into(life, Step.AWAIT_SYSTEM);
            case AWAIT_SYSTEM -> reboots.awaitingSystem(life);
            case WIPE -> inRescue(life, new HostEffect.Wipe(), rule.rules.installTimeout());
        };
    }

    HostTransition answered(HostLife life, HostEffect effect, HostAnswer answer) {
        return switch (effect) {
            case HostEffect.Claim c -> done(life, answer, Step.ENSURE_KEY);
            case HostEffect.EnsureKey e -> done(life, answer, Step.ARM_RESCUE);
            case HostEffect.ArmRescue a -> done(life, answer, Step.REBOOT_INTO_RESCUE);
            case HostEffect.RebootNow(Reboot reboot) -> reboots.answered(life, reboot, answer);
            case HostEffect.Inspect i ->
                answer instanceof HostAnswer.Looked(Hardware hardware)
                        ? inspected(life, hardware)
                        : rule.repeating(life, answer);
            case HostEffect.LookAtDisks l ->
                answer instanceof HostAnswer.Looked(Hardware hardware)
                        ? disksSeen(life, hardware)
                        : rule.repeating(life, answer);
            case HostEffect.Install i -> done(life, answer, Step.COLLECT_HOST_KEYS);
            case HostEffect.CollectHostKeys c ->
                answer instanceof HostAnswer.HostKeys(Set<String> keys)
                        ? collected(life, keys)
                        : rule.repeating(life, answer);
            case HostEffect.Wipe w ->
                answer instanceof HostAnswer.Done
                        ? rule.enter(life.having(Installed.NOTHING), new Releasing())
                        : rule.repeating(life, answer);
            default -> rule.repeating(life, answer);
        };
    }

    /** Whether a person wants another system by now than the one that is being installed. */
    private boolean isOverturned(HostLife life) {
        return life.state() instanceof Provisioning
                && !life.work().generation().equals(rule.seen.wish().generation());
    }

    /** Until something is written it makes no difference; after that it begins anew. */
    private HostTransition overturned(HostLife life, Step step) {
        String generation = rule.seen.wish().generation();
        return step.compareTo(Step.INSTALL) < 0
                ? next(life.working(life.work().of(generation)), step)
                : at(life.rebooting(null).working(HostLife.RescueWork.NONE.of(generation)), Step.CHECK_SERVER);
    }

    /** Whether workers have it: nothing is cut off or destroyed under them, unless it leaves and they are lost. */
    private boolean isOccupied(HostLife life) {
        return rule.seen.occupancy().workers() > 0 && !(life.state() instanceof Wiping);
    }

    /** Whether a host whose workers were given up for lost answers again, before it was rebooted to be wiped: they may live. */
    private boolean isBackWithWorkers(HostLife life, Step step) {
        return step == Step.REBOOT_INTO_RESCUE
                && life.state() instanceof Wiping
                && rule.seen.occupancy().workers() > 0
                && rule.seen.shell() instanceof Shell.InSystem;
    }

    /** Why nothing may be done to the server, whatever was begun; null if it may. */
    private @Nullable Trouble whyNotAtAll(HostLife life) {
        return switch (rule.seen.landlord()) {
            case Landlord.Missing(String why) -> new Trouble(TroubleKind.SERVER_NOT_FOUND, why);
            case Landlord.Server server
            when !server.unusable().isEmpty() && !(life.state() instanceof Wiping) ->
                new Trouble(TroubleKind.SERVER_NOT_USABLE, server.unusable());
            case Landlord.Server server -> server.foreignTo(rule.seen.wish());
            default -> null;
        };
    }

    private HostTransition server(HostLife life) {
        if (rule.seen.landlord() instanceof Landlord.Missing && life.state() instanceof Wiping) {
            return rule.enter(life, new Gone());
        }
        Trouble stop = whyNotAtAll(life);
        if (stop != null) {
            return rule.failing(life, stop);
        }
        return switch (rule.seen.landlord()) {
            case Landlord.Unasked u -> HostTransition.waiting(life, rule.now);
            case Landlord.Server server when server.owner().isEmpty() -> calling(life, new HostEffect.Claim());
            case Landlord.Server s -> at(life, Step.ENSURE_KEY);
            case Landlord.None n ->
                rule.failing(
                        life,
                        new Trouble(
                                TroubleKind.SERVER_NOT_USABLE,
                                "nobody can boot it into a rescue system: set spec.robot, or leave spec.image out"));
            default -> patiently(life);
        };
    }

    /** A step that is one call: it is repeated until it is done. */
    private HostTransition calling(HostLife life, HostEffect effect) {
        return HostTransition.doing(life, effect, rule.now.plus(HostLifecycle.LOOK_AT_STEP))
                .overdueAt(life.since().plus(rule.rules.callTimeout()), rule.now);
    }

    private HostTransition done(HostLife life, HostAnswer answer, Step then) {
        return answer instanceof HostAnswer.Done ? at(life, then) : rule.repeating(life, answer);
    }

    /** Work in the rescue system goes on only in the boot in which it began. */
    private HostTransition inRescue(HostLife life, HostEffect effect, Duration timeout) {
        Instant limit = life.since().plus(timeout);
        if (!rule.now.isBefore(limit)) {
            return rule.failing(
                    life,
                    new Trouble(
                            TroubleKind.TOOK_TOO_LONG,
                            "it " + life.state().waitsFor() + " for longer than " + timeout.toMinutes() + " minutes"));
        }
        return switch (rule.seen.shell()) {
            case Shell.Unasked u -> HostTransition.waiting(life, rule.now);
            case Shell.InRescue(String boot)
            when boot.equals(life.work().bootId()) ->
                HostTransition.doing(life.hearing(true, rule.now), effect, rule.now.plus(HostLifecycle.LOOK_AT_STEP))
                        .lookingBy(limit);
            case Shell.Silent(String why) -> silentInRescue(life.hearing(false, rule.now), why, limit);
            default -> rule.failing(life, interrupted("another system answers than the one in which the work began"));
        };
    }

    private HostTransition silentInRescue(HostLife life, String why, Instant limit) {
        Instant since = life.silentSince() == null ? rule.now : life.silentSince();
        Instant lost = since.plus(rule.rules.silenceTimeout());
        return rule.now.isBefore(lost)
                ? HostTransition.waiting(life, lost)
                        .lookingBy(limit)
                        .lookingBy(rule.now.plus(HostLifecycle.LOOK_AT_STEP))
                : rule.failing(life, interrupted(why));
    }

    private static Trouble interrupted(String why) {
        return new Trouble(TroubleKind.INTERRUPTED, "it went away in the middle of the work (" + why + ")");
    }

    private HostTransition inspected(HostLife life, Hardware hardware) {
        return switch (HardwareCheck.of(rule.seen.wish(), hardware)) {
            case HardwareCheck.Verdict.Wrong(Trouble trouble) -> rule.failing(life, trouble);
            case HardwareCheck.Verdict.Fits(DiskPlan disks) ->
                at(life.working(life.work().on(disks)), Step.CHECK_DISKS);
        };
    }

    private HostTransition disksSeen(HostLife life, Hardware hardware) {
        boolean isToBeWiped = life.state() instanceof Wiping;
        Optional<Trouble> trouble =
                HardwareCheck.ofDisks(rule.seen.wish(), life.work().disks(), hardware.disks()).stream()
                        .filter(found -> !isToBeWiped || found.kind() == TroubleKind.FOREIGN_OWNER)
                        .findFirst();
        if (trouble.isPresent()) {
            return rule.failing(life, trouble.get());
        }
        return isToBeWiped ? at(life, Step.WIPE) : at(life.having(Installed.NOTHING), Step.INSTALL);
    }

    private HostTransition collected(HostLife life, Set<String> keys) {
        return keys.isEmpty()
                ? rule.failing(
                        life,
                        new Trouble(
                                TroubleKind.INSTALL_FAILED,
                                "its new system has no SSH host key: the image must bring an SSH server"))
                : at(life.having(new Installed("", keys, "")), Step.REBOOT_INTO_SYSTEM);
    }

    /** Waits for the landlord, for as long as it takes; and tells of it. */
    HostTransition patiently(HostLife life) {
        return HostTransition.waiting(life, rule.now.plus(HostLifecycle.LOOK_AT_STEP))
                .overdueAt(life.since().plus(rule.rules.callTimeout()), rule.now);
    }

    HostTransition at(HostLife life, Step step) {
        return rule.enter(life, life.state() instanceof Wiping ? new Wiping(step) : new Provisioning(step));
    }
}
