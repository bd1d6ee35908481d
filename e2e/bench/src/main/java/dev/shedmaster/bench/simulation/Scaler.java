package dev.shedmaster.bench.simulation;

/**
 * A rule at work. It hears what its system is told without asking, at the instant at which it happens; a system that polls
 * must look for itself.
 */
public interface Scaler {

    /** The job waits for a machine from now on. A machine that is idle takes it right after this. */
    default void queued(Job job) {}

    /** The machine took the job. */
    default void started(Job job, Machine machine) {}

    /** The job has ended. The machine takes its next one right after this, unless it is spent or retired. */
    default void finished(Job job, Machine machine) {}

    /** The machine's agent is connected. It takes a job that waits right after this. */
    default void connected(Machine machine) {}
}
