package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.Offering;

/** What the shell has to do for a worker. Each may be done twice: a crash repeats it. */
public sealed interface WorkerEffect {

    /** Register the agent, then ask for its machine. Both answers come back by {@link WorkerLifecycle#answered}. */
    record AskForMachine(Offering offering) implements WorkerEffect {}

    /** Ask the provider directly, because the next step needs certainty. */
    record LookAtMachine() implements WorkerEffect {}

    /** Ask the CI system directly, because the next step needs certainty. */
    record LookAtAgent() implements WorkerEffect {}

    /** Let the CI system give the agent no further job. */
    record StopAccepting(String why) implements WorkerEffect {}

    /** Take back that it gives the agent no job: a restart of the CI system has interrupted one that waits for the agent. */
    record AcceptAgain() implements WorkerEffect {}

    /** Mark the worker's own object for deletion, as a person would. */
    record Retire(String why) implements WorkerEffect {}

    record DeleteMachine() implements WorkerEffect {}

    record RemoveAgent() implements WorkerEffect {}

    /**
     * Nothing is left to do: let the object go.
     *
     * @param leavesAgent the registration stays, as the object of its CI system is gone and nobody can take it away. Should
     *     that come back, it is collected like any leftover
     */
    record Forget(boolean leavesAgent) implements WorkerEffect {}
}
