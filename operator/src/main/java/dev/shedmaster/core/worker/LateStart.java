package dev.shedmaster.core.worker;

import static dev.shedmaster.core.worker.WorkerRules.inWords;

import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;

/** Tells which part of a worker's start has taken too long, by which setting, and what a person can look at. */
final class LateStart {

    private LateStart() {}

    /** The provider accepted the machine and does not say that it runs. */
    static String ofMachine(WorkerLife life, MachineSight seen, WorkerRules rules) {
        return "account " + life.offering().account() + " accepted it and " + said(seen) + " after "
                + inWords(rules.bootTimeout()) + " (spec.lifecycle.bootTimeout); look at " + machine(life) + " there";
    }

    private static String said(MachineSight seen) {
        return switch (seen) {
            case MachineSight.Starting s -> "still says that it is starting";
            case MachineSight.Unlisted u -> "does not list it";
            default -> "does not answer";
        };
    }

    /** The machine runs and its agent cannot be used. */
    static String ofAgent(WorkerLife life, AgentSight seen, WorkerRules rules) {
        String waited = "its machine runs and, after " + inWords(rules.registrationTimeout())
                + " (spec.lifecycle.registrationTimeout), ";
        return seen instanceof AgentSight.Present agent && agent.online()
                ? waited + "its agent is connected and marked offline at the CI system; see there by whom"
                : waited + "its agent is not connected; look at the console of " + machine(life)
                        + " for its first boot, and whether it reaches the CI system";
    }

    private static String machine(WorkerLife life) {
        return life.machineId().isEmpty() ? "the machine of its name" : life.machineId();
    }
}
