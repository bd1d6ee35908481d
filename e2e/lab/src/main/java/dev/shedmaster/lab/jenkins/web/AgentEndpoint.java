package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.agent.AgentMessages;
import dev.shedmaster.lab.jenkins.controller.AgentDesk;
import java.time.InstantSource;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.jspecify.annotations.Nullable;

/** Where inbound agents connect: checks who they are and lets them in. */
public final class AgentEndpoint {
    private final AgentDesk agents;
    private final Secrets secrets;
    private final InstantSource clock;

    public AgentEndpoint(AgentDesk agents, Secrets secrets, InstantSource clock) {
        this.agents = agents;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Accepts or refuses a handshake; null after a refusal. */
    public @Nullable Object accept(ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        String name = request.getHeaders().get(AgentMessages.NODE_NAME);
        String secret = request.getHeaders().get(AgentMessages.SECRET);
        if (name == null || secret == null || request.getHeaders().get(AgentMessages.CAPABILITY) == null) {
            Response.writeError(
                    request, response, callback, 400, "This endpoint is only for use from agent.jar in WebSocket mode");
            return null;
        }
        if (!agents.isDefined(name)) {
            Response.writeError(request, response, callback, 400, "no such agent");
            return null;
        }
        if (!secrets.of(name).equals(secret)) {
            Response.writeError(request, response, callback, 403, "wrong secret");
            return null;
        }
        if (agents.isConnected(name)) {
            Response.writeError(request, response, callback, 400, "already connected");
            return null;
        }
        response.getHeaders()
                .put(
                        AgentMessages.CAPABILITY,
                        String.valueOf(request.getHeaders().get(AgentMessages.CAPABILITY)));
        response.getHeaders().put("Connection-Cookie", Long.toHexString(System.nanoTime()));
        return new AgentConnection(name, agents, clock);
    }
}
