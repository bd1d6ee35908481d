package dev.shedmaster.core.worker;

/** How {@link WorkerEffect.AskForMachine} went. */
public sealed interface WorkerAnswer {

    /**
     * The provider has taken the order.
     *
     * @param machineId the provider's identifier
     * @param operation where the provider tells how the creation goes; empty if it did not say
     */
    record Accepted(String machineId, String operation) implements WorkerAnswer {}

    /** The provider did not accept the machine. */
    record MachineRefused(Refusal refusal) implements WorkerAnswer {}

    /** The order could not be put together: no provider was asked. */
    record NotOrdered(Refusal refusal) implements WorkerAnswer {}

    /** The CI system did not register the agent; no machine was asked for. */
    record EnrolmentRefused(Refusal refusal) implements WorkerAnswer {}
}
