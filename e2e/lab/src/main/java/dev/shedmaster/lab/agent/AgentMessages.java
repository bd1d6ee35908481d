package dev.shedmaster.lab.agent;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What the lab's controller and its agents say to each other. The handshake is the real one; what follows it is the
 * lab's own: {@code hello}, {@code started}, {@code done} and {@code pong} from the agent, {@code run}, {@code abort} and
 * {@code ping} to it.
 */
public final class AgentMessages {
    /** The handshake's header with the node's name. */
    public static final String NODE_NAME = "Node-Name";

    /** The handshake's header with the node's secret. */
    public static final String SECRET = "Secret-Key";

    /** The handshake's header with what the agent is able to do. */
    public static final String CAPABILITY = "X-Remoting-Capability";

    /**
     * Say that you are there. A message and not WebSocket's own ping, since the JDK's client forgets to tell its
     * listener when a connection breaks while it answers one.
     */
    public static final String PING = "{\"type\":\"ping\"}";

    static final String PONG = "{\"type\":\"pong\"}";

    private AgentMessages() {}

    /** First after each handshake: the builds that the agent still has in its hands. */
    static String hello(Collection<Long> builds) {
        return "{\"type\":\"hello\",\"builds\":["
                + builds.stream().map(String::valueOf).collect(Collectors.joining(",")) + "]}";
    }

    static String started(long build) {
        return "{\"type\":\"started\",\"build\":" + build + "}";
    }

    static String done(long build, String result) {
        return "{\"type\":\"done\",\"build\":" + build + ",\"result\":\"" + result + "\"}";
    }

    /** Be busy for a time, then report the result; durable work goes on while the connection is broken. */
    public static String run(long build, long durationMillis, String result, boolean durable) {
        return "{\"type\":\"run\",\"build\":" + build + ",\"durationMs\":" + durationMillis + ",\"result\":\"" + result
                + "\",\"durable\":" + durable + "}";
    }

    /** Stop a build and say nothing more of it. */
    public static String abort(long build) {
        return "{\"type\":\"abort\",\"build\":" + build + "}";
    }
}
