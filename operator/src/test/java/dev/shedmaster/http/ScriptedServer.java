package dev.shedmaster.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import okhttp3.Headers;

/** An HTTP server that gives the answers it was told to give, in their order, and keeps what it was asked. */
public final class ScriptedServer implements AutoCloseable {

    /** One request, as it came. */
    public record Asked(String method, String target, Headers headers, String body) {
        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    private final HttpServer server;
    private final Deque<ApiAnswer> script = new ArrayDeque<>();
    private final CountDownLatch mayAnswer;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    public ScriptedServer() {
        this(new CountDownLatch(0));
    }

    /**
     * A server that lets those wait who ask too early.
     *
     * @param mayAnswer until when nothing is answered
     */
    public ScriptedServer(CountDownLatch mayAnswer) {
        this.mayAnswer = mayAnswer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** Its address, with a path such as {@code /jenkins/}. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public synchronized ScriptedServer then(int status, String body, String... headers) {
        script.add(answer(status, body, headers));
        return this;
    }

    /** What was asked, as lines of method and path. */
    public List<String> calls() {
        return asked.stream()
                .map(request -> request.method() + " " + request.target().split("\\?", 2)[0])
                .collect(Collectors.toList());
    }

    public List<Asked> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers.Builder headers = new Headers.Builder();
            exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers.build(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            mayAnswer.await();
            ApiAnswer next = next();
            next.headers().forEach(header -> exchange.getResponseHeaders().add(header.getFirst(), header.getSecond()));
            exchange.sendResponseHeaders(next.status(), next.body().length == 0 ? -1 : next.body().length);
            exchange.getResponseBody().write(next.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized ApiAnswer next() {
        ApiAnswer next = script.poll();
        return next != null ? next : answer(599, "<title>not in the script</title>");
    }

    private static ApiAnswer answer(int status, String body, String... headers) {
        return new ApiAnswer(status, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
