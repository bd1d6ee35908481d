package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.core.host.HostState.Quarantined;
import dev.shedmaster.core.host.HostState.Unreachable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an installed host that does not answer is brought back: waiting, then one reset after the other, within a budget. */
final class Revival {
    private final HostLifecycle rule;

    Revival(HostLifecycle rule) {
        this.rule = rule;
    }

    HostTransition next(HostLife life) {
        return switch (rule.seen.shell()) {
            case Shell.Unasked u -> HostTransition.waiting(life, rule.now);
            case Shell.InSystem s -> rule.settling(life, "it answers again");
            case Shell.Stranger(String fingerprint) ->
                rule.enter(life.rebooting(null), new Quarantined(HostLifecycle.stranger(fingerprint)));
            case Shell.Locked(String why) -> rule.locked(life.rebooting(null), why);
            case Shell.InRescue r -> climbing(life.hearing(true, rule.now), "it runs the rescue system");
            case Shell.Silent(String why) -> silent(life.hearing(false, rule.now), why);
        };
    }

    private HostTransition silent(HostLife life, String why) {
        if (rule.seen.occupancy().isHeard()) {
            return waiting(life, why + "; an agent on it is connected, so it is not reset");
        }
        Instant limit = rule.seen.lifelessAt(life, rule.rules, rule.now);
        if (life.reboot() == null && limit != null && rule.now.isBefore(limit)) {
            return waiting(life, why + "; it is reset if its jobs' agents stay away as well")
                    .lookingBy(limit);
        }
        return climbing(life, why);
    }

    private HostTransition climbing(HostLife life, String why) {
        Reboot last = life.reboot();
        if (last != null) {
            Instant limit = last.at().plus(rule.rules.bootTimeout());
            if (rule.now.isBefore(limit)) {
                return HostTransition.waiting(
                                life.showing(new Unreachable(
                                        why + "; was reset by " + last.by().words())),
                                limit)
                        .lookingBy(LookPace.next(last.at(), rule.now));
            }
        }
        return switch (rule.seen.landlord()) {
            case Landlord.None n -> waiting(life, why + "; nobody but a person can reset it");
            case Landlord.Silent(String silence) ->
                waiting(life, why + "; and its landlord does not answer: " + silence)
                        .lookingBy(rule.now.plus(HostLifecycle.LOOK_AT_STEP));
            case Landlord.Missing(String gone) -> rule.failing(life, new Trouble(TroubleKind.SERVER_NOT_FOUND, gone));
            case Landlord.Server server when rule.seen.knowsResets() -> reset(life, server, why);
            case Landlord.Server s -> HostTransition.waiting(life, rule.now);
            case Landlord.Unasked u -> HostTransition.waiting(life, rule.now);
        };
    }

    private HostTransition reset(HostLife life, Landlord.Server server, String why) {
        Trouble foreign = server.foreignTo(rule.seen.wish());
        if (foreign != null) {
            return rule.failing(life, foreign);
        }
        Optional<Rung> rung = RebootLadder.next(life.reboot(), server, rule.seen.shell(), true);
        int used = HostRules.ofLastDay(life.resets(), rule.now).size();
        if (rung.isEmpty() || used >= rule.rules.resetsPerDay()) {
            boolean isPoor = rung.isPresent();
            String tried = isPoor
                    ? "it was reset " + used + " times in a day"
                    : life.reboot() == null ? "there is no way to reset it" : "all resets were tried";
            return rule.enter(
                    life.rebooting(null),
                    new Quarantined(new Trouble(
                            TroubleKind.UNREACHABLE,
                            "it does not answer (" + why + "), and " + tried
                                    + ": look at it by the landlord's console, then release it")));
        }
        Reboot next = new Reboot(rung.get(), rule.now, rule.seen.shell().boot(), null, tried(life));
        HostLife told =
                life.showing(new Unreachable(why + "; is reset by " + next.by().words()));
        return HostTransition.doing(
                next.by() == Rung.SHELL ? told.rebooting(next) : told.reset(next),
                new HostEffect.RebootNow(next),
                rule.now.plus(HostLifecycle.LOOK_AT_STEP));
    }

    /** Whether it was done shows in what the server does next, unless it certainly was not. */
    HostTransition answered(HostLife life, HostAnswer answer) {
        Reboot reboot = life.reboot();
        if (reboot == null) {
            return HostTransition.waiting(life, rule.now);
        }
        return switch (answer) {
            case HostAnswer.Later later ->
                rule.repeating(life.notReset(reboot, reboot.undone(rule.rules.bootTimeout())), later);
            case HostAnswer.Failed f -> rule.next(life.notReset(reboot, reboot.over(rule.rules.bootTimeout())));
            default -> HostTransition.waiting(life, LookPace.next(reboot.at(), rule.now));
        };
    }

    static @Nullable Rung tried(HostLife life) {
        return life.reboot() == null ? null : life.reboot().by();
    }

    private HostTransition waiting(HostLife life, String why) {
        return HostTransition.waiting(life.showing(new Unreachable(why)), null)
                .overdueAt(life.since().plus(rule.rules.bootTimeout()), rule.now);
    }
}
