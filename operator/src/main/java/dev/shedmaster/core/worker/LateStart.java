package dev.shedmaster.core.worker;

import static dev.shedmaster.core.worker.WorkerRules.inWords;

import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;

/** Tells of a start that takes too long which part is late, by which setting, and what a person can look at. */
final class LateStart {

    private LateStart() {}

    /** No provider has accepted the machine. */
    static String notAccepted(WorkerLife life, WorkerRules rules) {
        return inWords(rules.createTimeout()) + " (spec.lifecycle.createTimeout) were not enough; look at the worker's"
                + " refusals, and the conditions of its CI system and of "
                + life.offering().giver();
    }

    /** The provider accepted the machine and does not say that it runs. */
    static String notRunning(WorkerLife life, MachineSight seen, WorkerRules rules) {
        return inWords(rules.bootTimeout()) + " (spec.lifecycle.bootTimeout) after "
                + life.offering().giver() + " accepted it, " + said(seen) + "; look at " + machine(life) + " there";
    }

    private static String said(MachineSight seen) {
        return switch (seen) {
            case MachineSight.Starting s -> "it is still starting";
            case MachineSight.Unlisted u -> "it is not listed";
            default -> "the account does not answer";
        };
    }

    /** The machine runs and its agent cannot be given a job. */
    static String notConnected(WorkerLife life, AgentSight seen, WorkerRules rules) {
        String time =
                inWords(rules.registrationTimeout()) + " (spec.lifecycle.registrationTimeout) after its machine ran, ";
        return seen instanceof AgentSight.Present agent && agent.online()
                ? time + "it is connected and marked offline at the CI system; see there by whom"
                : time + "it is not connected; look at the console of " + machine(life)
                        + " for its first boot, and whether it reaches the CI system";
    }

    static String machine(WorkerLife life) {
        return life.machineId().isEmpty() ? "the machine of its name" : life.machineId();
    }
}
