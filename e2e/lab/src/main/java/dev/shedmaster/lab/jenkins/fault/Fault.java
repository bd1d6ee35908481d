package dev.shedmaster.lab.jenkins.fault;

import dev.shedmaster.lab.jenkins.access.Permission;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong. */
public sealed interface Fault {

    /** Happens to requests, as many as its scope says. */
    sealed interface OnRequest extends Fault {}

    /** The answer is an error page with this status: 401, 403, 500 or another. */
    record Status(int code) implements OnRequest {
        public Status {
            if (code < 400 || code > 599) {
                throw new IllegalArgumentException("status: expected 400 to 599, got " + code);
            }
        }
    }

    /** The answer is a page with status 200, as of a proxy that wants a login, where JSON was asked for. */
    record Html() implements OnRequest {}

    /** The answer takes longer. */
    record Slow(Latency latency) implements OnRequest {}

    /**
     * The connection breaks instead of an answer.
     *
     * @param afterEffect whether the request is carried out before
     */
    record Reset(boolean afterEffect) implements OnRequest {}

    /**
     * The controller restarts: 503 for the outage, a new session, agents dropped, queue and ids kept. All executors are
     * empty afterwards. Builds that are not a Pipeline's are aborted. A Pipeline's step goes on on its agent, and asks for
     * its executor again: an item of the queue with the node's name for a label, which gets the executor when the node is
     * online and not marked offline, before any other item does. A step that has none after five minutes
     * ({@link dev.shedmaster.lab.jenkins.controller.Settings#lostAgentTimeout}) is aborted, and its build with it.
     */
    record Restart(Duration outage) implements Fault {}

    /** Somebody deletes a node. */
    record NodeVanished(String node) implements Fault {}

    /** An agent's connection breaks. */
    record AgentDisconnected(String node) implements Fault {}

    /** A user loses a permission, until the fault is cleared or over. */
    record PermissionRemoved(String user, Permission permission) implements Fault {}

    /** So many more items wait, until the fault is cleared or over. */
    record QueueFlood(int items, @Nullable String label) implements Fault {
        public QueueFlood {
            if (items < 1 || items > 1_000_000) {
                throw new IllegalArgumentException("items: expected 1 to 1000000, got " + items);
            }
        }
    }
}
