package dev.shedmaster.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Serves {@code /metrics}, {@code /livez} and {@code /readyz}. Reads only; needs no credentials. */
public final class ManagementServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** An answer as text. */
    private record Answer(int status, String type, String body) {}

    private interface Page {
        Answer answer();
    }

    /**
     * Starts serving.
     *
     * @param port 0 takes any free one
     * @throws IOException if the port cannot be had
     */
    public ManagementServer(int port, PrometheusMeterRegistry meters, BooleanSupplier alive, BooleanSupplier ready)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(threads);
        serve("/metrics", () -> new Answer(HttpURLConnection.HTTP_OK, PROMETHEUS, meters.scrape()));
        serve("/livez", () -> health(alive, "alive", "a loop of the operator stands still"));
        serve("/readyz", () -> health(ready, "ready", "the operator's objects are not all known yet"));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private static Answer health(BooleanSupplier holds, String yes, String no) {
        return holds.getAsBoolean()
                ? new Answer(HttpURLConnection.HTTP_OK, TEXT, yes + "\n")
                : new Answer(HttpURLConnection.HTTP_UNAVAILABLE, TEXT, no + "\n");
    }

    private void serve(String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, path, page);
            }
        });
    }

    private static void answer(HttpExchange exchange, String path, Page page) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            send(exchange, new Answer(HttpURLConnection.HTTP_NOT_FOUND, TEXT, "not found\n"));
        } else if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            send(exchange, new Answer(HttpURLConnection.HTTP_BAD_METHOD, TEXT, "only GET\n"));
        } else {
            send(exchange, page.answer());
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream stream = exchange.getResponseBody()) {
            stream.write(body);
        }
    }
}
