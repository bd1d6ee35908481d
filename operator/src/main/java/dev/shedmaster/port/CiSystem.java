package dev.shedmaster.port;

import java.time.Duration;
import java.util.List;

/**
 * Where jobs come from and agents register. An instance holds one credential of one system and may be called from many
 * threads at once; its calls block (callers use virtual threads) and end within the HTTP client's bounds.
 */
public interface CiSystem extends AutoCloseable {

    /** Reads queue and agents once, for all pools of the system together. Changes nothing. */
    Outcome<CiSnapshot> observe();

    /**
     * Checks up front that the credential may do all that we will ask, and prepares what readings need.
     * May be repeated.
     *
     * @return the permissions that are missing; empty if none is
     */
    Outcome<List<MissingPermission>> verify();

    /**
     * Makes sure that the registration exists and returns what the machine must be told. May be repeated with the same
     * order: the answer is the same. {@code AlreadyExists} if the name is taken by a registration of another owner, which
     * is left as it is.
     */
    Outcome<AgentCredentials> enrol(AgentOrder order);

    /** Asks for one agent directly, past any cache. {@code NotFound} if it is neither registered nor listed. */
    Outcome<AgentState> inspect(String agent);

    /**
     * No further job is given to the agent; a running one goes on. May be repeated. {@code NotFound} if it is gone,
     * {@code AlreadyExists} if the agent of that name does not bear the mark of this installation: it is left as it is, and
     * may run a job.
     */
    Outcome<Nothing> stopAccepting(String agent, String reason);

    /**
     * Takes back what {@link #stopAccepting} did. A mark that somebody else has set stays. May be repeated. Errors as there.
     */
    Outcome<Nothing> acceptAgain(String agent);

    /** The run that has answered last. Makes no call. */
    default CiSession session() {
        return CiSession.UNKNOWN;
    }

    /** For how long after a restart a job that it has interrupted may be taken up again; zero if none ever is. */
    default Duration takesUpWithin() {
        return Duration.ZERO;
    }

    /**
     * Takes the agent's registration away. Whoever calls has seen that the agent is idle or its machine gone: a running
     * build would be lost. May be repeated; it is done, not {@code NotFound}, when the agent is not there. An agent that
     * this installation did not enrol is never touched: its name being taken means that ours is not there.
     */
    Outcome<Nothing> remove(String agent);

    /**
     * Takes away what {@link #verify} prepared at the CI system. Called once nothing is served there any more. May be
     * repeated.
     */
    default Outcome<Nothing> withdraw() {
        return Outcome.done(Nothing.NOTHING);
    }

    @Override
    void close();
}
