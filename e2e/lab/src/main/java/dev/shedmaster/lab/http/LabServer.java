package dev.shedmaster.lab.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server with several doors: each has a port and a handler of its own, as the hosts have that it stands for. */
public final class LabServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabServer.class);
    // Operation URLs of 4 KB and more must pass, with the headers beside them.
    private static final int HEADER_BYTES = 64 * 1024;
    private static final int BODY_BYTES = 4 << 20;

    private final Server server;
    private final List<ServerConnector> doors = new ArrayList<>();

    private LabServer(Server server) {
        this.server = server;
    }

    /**
     * Opens the doors on the loopback address.
     *
     * @param ports one for each handler; 0 takes any free port
     */
    public static LabServer start(List<LabHandler> handlers, List<Integer> ports) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(16);
        threads.setName("lab-http");
        threads.setDaemon(true);
        // Nothing here is worth to be waited for at the end.
        threads.setStopTimeout(0);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        LabServer started = new LabServer(new Server(threads));
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(HEADER_BYTES);
        configuration.setResponseHeaderSize(HEADER_BYTES);
        configuration.setSendServerVersion(false);
        Map<ServerConnector, LabHandler> byDoor = new HashMap<>();
        for (int i = 0; i < handlers.size(); i++) {
            ServerConnector door = new ServerConnector(started.server, 1, 1, new HttpConnectionFactory(configuration));
            door.setHost("127.0.0.1");
            door.setPort(ports.get(i));
            door.setAcceptQueueSize(4096);
            door.setIdleTimeout(120_000);
            started.server.addConnector(door);
            started.doors.add(door);
            byDoor.put(door, handlers.get(i));
        }
        started.server.setHandler(new Doors(byDoor));
        try {
            started.server.start();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException("The lab could not open its ports", failed);
        }
        return started;
    }

    public URI url(int door) {
        return URI.create("http://127.0.0.1:" + doors.get(door).getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("The lab could not close its ports", failed);
        }
    }

    private static final class Doors extends Handler.Abstract {
        private final Map<ServerConnector, LabHandler> byDoor;

        Doors(Map<ServerConnector, LabHandler> byDoor) {
            this.byDoor = byDoor;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (!(request.getConnectionMetaData().getConnector() instanceof ServerConnector door)) {
                return false;
            }
            LabHandler handler = byDoor.get(door);
            if (handler == null) {
                return false;
            }
            switch (answer(handler, read(request))) {
                case LabAnswer.Reset _ -> reset(request, callback);
                case LabAnswer.Reply reply -> write(reply, request, response, callback);
            }
            return true;
        }

        private static LabAnswer answer(LabHandler handler, LabRequest request) {
            try {
                return handler.handle(request);
            } catch (RuntimeException defect) {
                // A defect of the stand-in must not look like a fault of the real one.
                LOG.error("The lab has a defect at {} {}", request.method(), request.path(), defect);
                return LabAnswer.text(599, "text/plain", "A defect of the lab: " + defect);
            }
        }

        private static LabRequest read(Request request) throws IOException {
            ByteBuffer content = Content.Source.asByteBuffer(request);
            if (content.remaining() > BODY_BYTES) {
                throw new IOException("A body of " + content.remaining() + " bytes is more than the lab takes");
            }
            String body = StandardCharsets.UTF_8.decode(content).toString();
            Map<String, String> query = new HashMap<>();
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.put(field.getName().toLowerCase(Locale.ROOT), field.getValue());
            }
            Map<String, String> headers = new HashMap<>();
            for (HttpField field : request.getHeaders()) {
                headers.putIfAbsent(field.getLowerCaseName(), field.getValue() == null ? "" : field.getValue());
            }
            return new LabRequest(
                    request.getMethod(),
                    Request.getPathInContext(request),
                    Request.getRemoteAddr(request),
                    query,
                    headers,
                    body);
        }

        private static void write(LabAnswer.Reply reply, Request request, Response response, Callback callback) {
            response.setStatus(reply.status());
            for (LabAnswer.Header header : reply.headers()) {
                response.getHeaders().add(header.name(), header.value());
            }
            if (!reply.contentType().isEmpty()) {
                response.getHeaders().put("Content-Type", reply.contentType());
            }
            boolean bodyless = reply.status() == 204 || "HEAD".equals(request.getMethod());
            response.write(
                    true, bodyless ? ByteBuffer.allocate(0) : StandardCharsets.UTF_8.encode(reply.body()), callback);
        }

        private static void reset(Request request, Callback callback) throws IOException {
            EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
            if (endPoint.getTransport() instanceof SocketChannel channel) {
                // Lingering for zero seconds makes close() send RST instead of FIN.
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            }
            endPoint.close(new IOException("reset as a fault demands"));
            // Not failed: the server would report as an error of its own what the fault asked for.
            callback.succeeded();
        }
    }
}
