package dev.shedmaster.lab.agent;

import java.util.concurrent.CompletableFuture;

/** An agent that has been started. */
public interface RunningAgent extends AutoCloseable {

    /**
     * The program's exit status, completed when it ends by itself: 0 when it has lost its connection and tries no longer
     * to get another ({@link AgentDescription#reconnectsFor}). After {@link #close()} the status is 137, as of a killed
     * process.
     */
    CompletableFuture<Integer> exit();

    /**
     * Cuts the power: the builds stop and nothing more is said, not even goodbye, so the controller learns of it as
     * late as it would from a machine that is gone. May be called again.
     */
    @Override
    void close();
}
