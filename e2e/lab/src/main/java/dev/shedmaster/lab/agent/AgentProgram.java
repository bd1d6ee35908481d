package dev.shedmaster.lab.agent;

/** A way to run an agent: a machine of the lab starts one when its boot configuration says so. */
@FunctionalInterface
public interface AgentProgram {

    /**
     * Starts an agent and returns at once, whether or not the controller can be reached.
     *
     * <p>May be called as often as wanted, with the same description too: the controller refuses the second of two
     * agents that say they are the same node, and that one keeps trying.
     */
    RunningAgent start(AgentDescription description);
}
