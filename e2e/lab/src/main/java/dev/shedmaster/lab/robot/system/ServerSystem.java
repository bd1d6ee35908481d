package dev.shedmaster.lab.robot.system;

/** Answers the commands that come to a server over SSH. Several may run at once. */
@FunctionalInterface
public interface ServerSystem {
    /**
     * Runs one command as root's shell would. It may read its input, and must not wait for the lab's time: its result
     * says how long it takes.
     */
    CommandResult run(CommandCall call);
}
