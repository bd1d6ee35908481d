package dev.shedmaster.lab.jenkins;

import dev.shedmaster.lab.jenkins.access.Accounts;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Controller;
import dev.shedmaster.lab.jenkins.fault.Boot;
import dev.shedmaster.lab.jenkins.fault.Faults;
import dev.shedmaster.lab.jenkins.web.AgentEndpoint;
import dev.shedmaster.lab.jenkins.web.FrontDoor;
import dev.shedmaster.lab.jenkins.web.LabSite;
import dev.shedmaster.lab.jenkins.web.Secrets;
import dev.shedmaster.lab.jenkins.web.Site;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * A Jenkins controller that runs here: it keeps nodes, jobs, a queue and builds, speaks the remote API, takes inbound
 * agents over WebSocket on the same port, and can be told to fail.
 */
public final class JenkinsStandIn implements AutoCloseable {
    /** Enough for every request that a test makes at once, slow ones included. */
    private static final int MOST_REQUESTS = 20_000;

    private final Server server;
    private final FrontDoor door;
    private final URI url;
    private final Controller controller;
    private final Faults faults;
    private final Secrets secrets;

    private JenkinsStandIn(
            Server server, FrontDoor door, URI url, Controller controller, Faults faults, Secrets secrets) {
        this.server = server;
        this.door = door;
        this.url = url;
        this.controller = controller;
        this.faults = faults;
        this.secrets = secrets;
    }

    /**
     * Starts a stand-in on the loopback address.
     *
     * @throws IOException if the port cannot be had
     */
    public static JenkinsStandIn start(JenkinsOptions options) throws IOException {
        Server server = new Server(new VirtualThreadPool(MOST_REQUESTS));
        ServerConnector connector = connector(server, options.port());
        connector.open();
        URI url = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
        Random random = new Random(options.seed());
        Controller controller = new Controller(options.settings(), options.clock());
        Accounts accounts = new Accounts(options.users(), options.anonymous());
        // Not by the seed: two controllers never have the same session.
        Boot boot = new Boot(options.clock(), new SecureRandom());
        Faults faults = new Faults(controller, accounts, boot, options.clock(), random);
        Secrets secrets = new Secrets("shedmaster-lab-" + options.seed());
        AgentEndpoint agents = new AgentEndpoint(controller.agents(), secrets, options.clock());
        FrontDoor door = new FrontDoor(
                new Site(controller, accounts, secrets, url.toString()),
                new LabSite(controller, faults),
                faults,
                boot,
                options.version());
        door.setHandler(WebSocketUpgradeHandler.from(server, container -> {
            container.setIdleTimeout(Duration.ZERO);
            container.setInputBufferSize(1024);
            container.setOutputBufferSize(1024);
            container.addMapping("/wsagents/", agents::accept);
        }));
        server.setHandler(door);
        try {
            server.start();
        } catch (Exception failed) {
            controller.close();
            throw new IOException("the Jenkins stand-in does not start", failed);
        }
        return new JenkinsStandIn(server, door, url, controller, faults, secrets);
    }

    private static ServerConnector connector(Server server, int port) {
        HttpConfiguration http = new HttpConfiguration();
        // Label expressions come with encoded slashes and the like.
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setRequestHeaderSize(64 * 1024);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
        return connector;
    }

    /** The root's address, with a slash at its end. */
    public URI url() {
        return url;
    }

    /** The state, for tests that look behind the protocol. */
    public Controller controller() {
        return controller;
    }

    /** What can be made to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** Tells the listener the path of every request, before it is answered. */
    public void onRequest(Consumer<String> listener) {
        door.onRequest(listener);
    }

    /** The secret of a node's agent. */
    public String secretOf(String node) {
        return secrets.of(node);
    }

    /** Asks for many builds at once; the queue items' numbers. */
    public List<Long> enqueue(Batch batch) {
        return batch.enqueue(controller.jobs());
    }

    @Override
    public void close() {
        controller.close();
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the Jenkins stand-in does not stop", failed);
        }
    }
}
