package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HostLife.Installed;
import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Rescue;
import dev.shedmaster.core.host.HostSight.Resets;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.core.host.HostState.Checking;
import dev.shedmaster.core.host.HostState.Quarantined;
import dev.shedmaster.core.host.HostState.Wiping;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a server is rebooted into the rescue system and out of it, and what shows that it was. */
final class Reboots {
    private final HostLifecycle rule;
    private final RescueSteps steps;

    Reboots(HostLifecycle rule, RescueSteps steps) {
        this.rule = rule;
        this.steps = steps;
    }

    /** A reboot is asked for once. After a crash in between nobody knows whether it was: what the server does tells. */
    HostTransition into(HostLife life, Step awaiting) {
        Reboot last = life.reboot();
        if (last != null && rule.now.isBefore(last.at().plus(timeout(awaiting)))) {
            return steps.at(life, awaiting);
        }
        if (rule.seen.landlord() instanceof Landlord.Silent) {
            return steps.patiently(life);
        }
        boolean isKnown = rule.seen.knowsResets()
                && !(rule.seen.shell() instanceof Shell.Unasked)
                && (awaiting == Step.AWAIT_SYSTEM || rule.seen.rescue() != null);
        return isKnown ? rebootingBy(life, awaiting) : HostTransition.waiting(life, rule.now);
    }

    private HostTransition rebootingBy(HostLife life, Step awaiting) {
        boolean isOurs =
                awaiting == Step.AWAIT_RESCUE && !life.installed().hostKeys().isEmpty();
        Optional<Rung> rung = RebootLadder.next(life.reboot(), rule.seen.landlord(), rule.seen.shell(), isOurs);
        if (rung.isEmpty()) {
            return rule.failing(life, neverCame(life, awaiting));
        }
        Rescue before = rule.seen.rescue();
        Reboot reboot = new Reboot(
                rung.get(),
                rule.now,
                rule.seen.shell().boot(),
                before == null ? null : before.bootedAt(),
                Revival.tried(life));
        return HostTransition.doing(
                life.rebooting(reboot), new HostEffect.RebootNow(reboot), rule.now.plus(HostLifecycle.LOOK_AT_STEP));
    }

    HostTransition answered(HostLife life, Reboot reboot, HostAnswer answer) {
        Step awaiting = life.step() == Step.REBOOT_INTO_RESCUE ? Step.AWAIT_RESCUE : Step.AWAIT_SYSTEM;
        Duration timeout = timeout(awaiting);
        return switch (answer) {
            case HostAnswer.Later later -> rule.repeating(life.rebooting(reboot.undone(timeout)), later);
            case HostAnswer.Failed f -> rule.next(life.rebooting(reboot.over(timeout)));
            default -> steps.at(life, awaiting);
        };
    }

    private Duration timeout(Step awaiting) {
        return awaiting == Step.AWAIT_RESCUE ? rule.rules.rescueTimeout() : rule.rules.bootTimeout();
    }

    private Trouble neverCame(HostLife life, Step awaiting) {
        String how = life.reboot() == null
                ? "there is no way to reset it"
                : "the last reboot was by " + life.reboot().by().words();
        return awaiting == Step.AWAIT_RESCUE
                ? new Trouble(
                        TroubleKind.RESCUE_NEVER_CAME,
                        "the rescue system did not answer in time (" + how
                                + "): its firmware must boot from the network before it boots from a disk")
                : new Trouble(
                        TroubleKind.SYSTEM_NEVER_CAME,
                        "its new system did not answer in time (" + how
                                + "): look at its console; the image may not fit its firmware");
    }

    HostTransition awaitingRescue(HostLife life) {
        Reboot reboot = life.reboot();
        if (reboot == null) {
            return steps.at(life, Step.REBOOT_INTO_RESCUE);
        }
        return switch (rule.seen.landlord()) {
            case Landlord.Server(String o, String u, Resets r, Rescue rescue)
            when rescue != null -> awaitingRescue(life, reboot, rescue);
            case Landlord.Silent s -> steps.patiently(life);
            default -> HostTransition.waiting(life, rule.now);
        };
    }

    private HostTransition awaitingRescue(HostLife life, Reboot reboot, Rescue rescue) {
        boolean isUp = rescue.isUpSince(reboot);
        return switch (rule.seen.shell()) {
            case Shell.InRescue(String boot)
            when isUp && !boot.equals(reboot.bootBefore()) ->
                steps.at(
                        life.rebooting(null)
                                .hearing(true, rule.now)
                                .working(life.work().in(boot, rescue.hostKeys())),
                        life.state() instanceof Wiping ? Step.CHECK_DISKS : Step.INSPECT);
            case Shell.Locked(String why) when isUp -> rule.failing(life, new Trouble(TroubleKind.KEY_REJECTED, why));
            case Shell.Stranger(String fingerprint)
            when isUp -> rule.enter(life.rebooting(null), new Quarantined(HostLifecycle.stranger(fingerprint)));
            case Shell.InSystem(String boot, String generation)
            when !boot.equals(reboot.bootBefore()) && rescue.armed() ->
                rule.failing(
                        life,
                        new Trouble(
                                TroubleKind.RESCUE_IGNORED,
                                "it has booted from its disk although the rescue system was armed: its firmware must boot from the "
                                        + "network before it boots from a disk"));
            default -> stillWaiting(life, reboot, Step.AWAIT_RESCUE, Step.REBOOT_INTO_RESCUE);
        };
    }

    HostTransition awaitingSystem(HostLife life) {
        Reboot reboot = life.reboot();
        if (reboot == null) {
            return steps.at(life, Step.REBOOT_INTO_SYSTEM);
        }
        String generation = life.work().generation();
        return switch (rule.seen.shell()) {
            case Shell.Unasked u -> HostTransition.waiting(life, rule.now);
            case Shell.InSystem(String boot, String mark)
            when mark.equals(generation) ->
                rule.enter(
                        life.rebooting(null)
                                .hearing(true, rule.now)
                                .having(new Installed(
                                        generation, life.installed().hostKeys(), "")),
                        new Checking("it is newly installed"));
            case Shell.InSystem(String boot, String mark) ->
                rule.failing(
                        life,
                        new Trouble(
                                TroubleKind.INSTALL_FAILED,
                                "the system that answers bears the mark of " + (mark.isEmpty() ? "nothing" : mark)
                                        + " and not of " + generation
                                        + ": the image was not written where it boots from"));
            case Shell.InRescue(String boot)
            when !boot.equals(life.work().bootId()) ->
                rule.failing(
                        life,
                        new Trouble(
                                TroubleKind.SYSTEM_NEVER_CAME,
                                "it has booted the rescue system again in place of its new system"));
            case Shell.Stranger(String fingerprint) ->
                rule.enter(life.rebooting(null), new Quarantined(HostLifecycle.stranger(fingerprint)));
            case Shell.Locked(String why) -> rule.failing(life, new Trouble(TroubleKind.KEY_REJECTED, why));
            default -> stillWaiting(life, reboot, Step.AWAIT_SYSTEM, Step.REBOOT_INTO_SYSTEM);
        };
    }

    /** A system that goes on answering after a while was not rebooted; one that is silent has its time. */
    private HostTransition stillWaiting(HostLife life, Reboot reboot, Step awaiting, Step again) {
        boolean isUnmoved = !reboot.bootBefore().isEmpty()
                && reboot.bootBefore().equals(rule.seen.shell().boot());
        Duration patience = isUnmoved ? rule.rules.rebootGrace() : timeout(awaiting);
        Instant limit = reboot.at().plus(patience);
        if (rule.now.isBefore(limit)) {
            return HostTransition.waiting(life, limit).lookingBy(LookPace.next(reboot.at(), rule.now));
        }
        Reboot over = isUnmoved ? reboot.over(timeout(awaiting)) : reboot;
        return steps.at(life.rebooting(over), again);
    }
}
