package dev.shedmaster.lab.robot.system;

import java.util.Optional;

/** Answers the commands that come to a server over SSH. Several may run at once. */
@FunctionalInterface
public interface ServerSystem {
    /**
     * Runs one command as root's shell would. It may read its input, and must not wait for the lab's time: its result
     * says how long it takes.
     */
    CommandResult run(CommandCall call);

    /** Its boot is over: whatever runs in it ends from one moment to the next. Called in a step: it must not wait. */
    default void end() {}

    /** What runs workers in it; empty if nothing does. */
    default Optional<WorkerHost> workerHost() {
        return Optional.empty();
    }
}
