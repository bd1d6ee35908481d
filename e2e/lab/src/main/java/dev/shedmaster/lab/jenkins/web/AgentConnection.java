package dev.shedmaster.lab.jenkins.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.lab.agent.AgentMessages;
import dev.shedmaster.lab.jenkins.controller.AgentChannel;
import dev.shedmaster.lab.jenkins.controller.AgentDesk;
import dev.shedmaster.lab.jenkins.controller.Result;
import dev.shedmaster.lab.jenkins.controller.Work;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller's end of one agent's WebSocket: carries what the two say to each other. Public, since the server looks
 * for its methods by name.
 */
public final class AgentConnection implements AgentChannel, Session.Listener.AutoDemanding {
    private static final Logger LOG = LoggerFactory.getLogger(AgentConnection.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int GOODBYE_SECONDS = 5;

    private final String name;
    private final AgentDesk agents;
    private final InstantSource clock;
    private volatile @Nullable Session session;
    private volatile long lastHeard;

    AgentConnection(String name, AgentDesk agents, InstantSource clock) {
        this.name = name;
        this.agents = agents;
        this.clock = clock;
        lastHeard = clock.millis();
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
    }

    @Override
    public void onWebSocketText(String text) {
        lastHeard = clock.millis();
        try {
            JsonNode message = MAPPER.readTree(text);
            long build = message.path("build").asLong();
            switch (message.path("type").asText()) {
                case "hello" -> hello(builds(message));
                case "started" -> agents.started(name, this, build);
                case "pong" -> LOG.trace("agent {} is there", name);
                case "done" ->
                    agents.done(
                            name,
                            this,
                            build,
                            Result.valueOf(message.path("result").asText()));
                default -> LOG.warn("agent {} sent a message that is not understood: {}", name, text);
            }
        } catch (JsonProcessingException | IllegalArgumentException malformed) {
            LOG.warn("agent {} sent a message that is not understood: {}", name, text, malformed);
        }
    }

    /** Only now is the agent there: before, it might not know itself that it is connected. */
    private void hello(Set<Long> builds) {
        if (!agents.connected(name, this, builds)) {
            close();
        }
    }

    private Set<Long> builds(JsonNode message) {
        Set<Long> builds = new HashSet<>();
        message.path("builds").forEach(build -> builds.add(build.asLong()));
        return builds;
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("connection of agent {} broke", name, cause);
        agents.lost(name, this);
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        agents.lost(name, this);
        callback.succeed();
    }

    @Override
    public void run(long execution, Work work, boolean durable) {
        send(AgentMessages.run(
                execution, work.duration().toMillis(), work.result().name(), durable));
    }

    @Override
    public void abort(long execution) {
        send(AgentMessages.abort(execution));
    }

    private void send(String message) {
        Session open = session;
        if (open != null) {
            open.sendText(message, Callback.NOOP);
        }
    }

    @Override
    public void ping() {
        send(AgentMessages.PING);
    }

    @Override
    public long lastHeard() {
        return lastHeard;
    }

    /**
     * Says goodbye and waits a while for the answer: a connection that is cut off while the agent says something is
     * reset, of which the JDK's client sometimes does not tell its listener. An agent that is dead never answers.
     */
    @Override
    public void close() {
        Session open = session;
        if (open != null) {
            open.close(StatusCode.SHUTDOWN, "the controller closes the channel", Callback.NOOP);
            CompletableFuture.delayedExecutor(GOODBYE_SECONDS, TimeUnit.SECONDS).execute(open::disconnect);
        }
    }
}
