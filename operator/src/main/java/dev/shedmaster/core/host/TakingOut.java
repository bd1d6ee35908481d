package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HostLife.RescueWork;
import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Shell;
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
import dev.shedmaster.core.host.HostWish.Removal;

/** How a host is emptied, for its maintenance, for a new image or for good; and how it ends. */
final class TakingOut {
    private final HostLifecycle rule;
    private final HostSight seen;

    TakingOut(HostLifecycle rule) {
        this.rule = rule;
        this.seen = rule.seen;
    }

    /** Whether its object is deleted and it does not go yet, or goes in another way than is wanted now. */
    boolean mustLeave(HostLife life) {
        boolean isNowRetained = life.state() instanceof Wiping && seen.wish().removal() == Removal.RETAIN;
        return seen.wish().removal() != null && (!life.leaves() || isNowRetained);
    }

    HostTransition leaving(HostLife life) {
        HostLife free = life.leaving().rebooting(null);
        return seen.occupancy().workers() > 0 && !seen.isLifeless(free, rule.rules, rule.now)
                ? rule.enter(
                        free, new Draining(Purpose.REMOVAL, seen.occupancy().jobs()))
                : emptied(free, Purpose.REMOVAL);
    }

    /** Whether a person's wish to work on it stops what it does now. */
    boolean mayRest(HostLife life) {
        return switch (life.state()) {
            case Registered r -> true;
            case Provisioning p -> true;
            case Checking c -> true;
            case Ready r -> true;
            case Unfit u -> true;
            case Unreachable u -> true;
            case Failed f -> true;
            case Draining draining -> draining.purpose() == Purpose.REINSTALLATION;
            case Wiping w -> false;
            case Maintenance m -> false;
            case Quarantined q -> false;
            case Releasing r -> false;
            case Gone g -> false;
        };
    }

    HostTransition taking(HostLife life, Purpose purpose) {
        HostLife free = life.rebooting(null);
        return seen.occupancy().workers() == 0
                ? emptied(free, purpose)
                : rule.enter(free, new Draining(purpose, seen.occupancy().jobs()));
    }

    HostTransition draining(HostLife life, Draining draining) {
        if (!isWanted(draining.purpose(), life)) {
            return rule.settling(life, "it is not taken out after all");
        }
        HostLife heard = hearing(life);
        if (draining.purpose() == Purpose.REINSTALLATION && seen.isLifeless(heard, rule.rules, rule.now)) {
            return rule.enter(heard, new Unreachable("it fell silent while it was emptied"));
        }
        if (seen.occupancy().workers() == 0 || seen.isLifeless(heard, rule.rules, rule.now)) {
            return emptied(heard, draining.purpose());
        }
        return HostTransition.waiting(
                heard.showing(new Draining(draining.purpose(), seen.occupancy().jobs())),
                seen.lifelessAt(heard, rule.rules, rule.now));
    }

    boolean isWanted(Purpose purpose, HostLife life) {
        return switch (purpose) {
            case MAINTENANCE -> seen.wish().maintenance();
            case REINSTALLATION ->
                !seen.wish().isInstalledByOthers()
                        && !seen.wish().generation().equals(life.installed().generation());
            case REMOVAL -> seen.wish().removal() != null;
        };
    }

    /** Nothing runs on it any more. */
    private HostTransition emptied(HostLife life, Purpose purpose) {
        return switch (purpose) {
            case MAINTENANCE -> rule.enter(life.hearing(true, rule.now), new Maintenance());
            case REINSTALLATION -> rule.reinstalling(life.hearing(true, rule.now));
            case REMOVAL -> {
                boolean isToBeWiped = seen.wish().removal() == Removal.WIPE
                        && !(seen.landlord() instanceof Landlord.None)
                        && !(seen.landlord() instanceof Landlord.Missing);
                yield isToBeWiped
                        ? rule.enter(life.working(RescueWork.NONE), new Wiping(Step.CHECK_SERVER))
                        : rule.enter(life, new Releasing());
            }
        };
    }

    private HostLife hearing(HostLife life) {
        return seen.shell() instanceof Shell.Unasked
                ? life
                : life.hearing(!(seen.shell() instanceof Shell.Silent), rule.now);
    }

    /** What the landlord shows of us is taken away; of a server that is another's by now, nothing. */
    HostTransition releasing(HostLife life) {
        if (!rule.now.isBefore(life.since().plus(rule.rules.releaseTimeout()))) {
            return rule.enter(life, new Gone());
        }
        return switch (seen.landlord()) {
            case Landlord.None n -> rule.enter(life, new Gone());
            case Landlord.Missing m -> rule.enter(life, new Gone());
            case Landlord.Server server
            when !server.owner().equals(seen.wish().owner()) -> rule.enter(life, new Gone());
            case Landlord.Server s ->
                HostTransition.doing(life, new HostEffect.DisarmRescue(), rule.now.plus(HostLifecycle.LOOK_AT_STEP))
                        .overdueAt(life.since().plus(rule.rules.callTimeout()), rule.now);
            case Landlord.Unasked u -> HostTransition.waiting(life, rule.now);
            case Landlord.Silent s ->
                HostTransition.waiting(life, rule.now.plus(HostLifecycle.LOOK_AT_STEP))
                        .overdueAt(life.since().plus(rule.rules.callTimeout()), rule.now);
        };
    }

    HostTransition answered(HostLife life, HostEffect effect, HostAnswer answer) {
        if (answer instanceof HostAnswer.Failed(Trouble trouble)) {
            // What was done to the server before is not done again for it.
            return rule.repeating(life, new HostAnswer.Unsure(trouble.message()));
        }
        if (!(answer instanceof HostAnswer.Done)) {
            return rule.repeating(life, answer);
        }
        return effect instanceof HostEffect.DisarmRescue
                ? HostTransition.doing(life, new HostEffect.Release(), rule.now.plus(HostLifecycle.LOOK_AT_STEP))
                : rule.enter(life, new Gone());
    }
}
