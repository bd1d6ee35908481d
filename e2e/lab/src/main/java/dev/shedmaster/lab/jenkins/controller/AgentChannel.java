package dev.shedmaster.lab.jenkins.controller;

/** The controller's end of an agent's connection. No method waits for the agent. */
public interface AgentChannel {

    /**
     * Tells the agent to run something.
     *
     * @param execution names it in everything that is said about it later
     * @param durable whether it goes on on the agent while the connection is broken, as a Pipeline's steps do
     */
    void run(long execution, Work work, boolean durable);

    /** Tells the agent to stop something; it answers nothing. */
    void abort(long execution);

    /** Asks for a sign of life. */
    void ping();

    /** When the agent was last heard of, in milliseconds. */
    long lastHeard();

    /** Ends the connection. */
    void close();
}
