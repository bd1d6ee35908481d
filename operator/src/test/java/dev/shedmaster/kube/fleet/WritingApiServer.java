package dev.shedmaster.kube.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API server that does whatever it is asked for, and keeps of it the method and the object's name. */
final class WritingApiServer implements AutoCloseable {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private record Refusal(int status, String why) {}

    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private final KubernetesClient client;

    WritingApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withRequestRetryBackoffLimit(0)
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .build())
                .build();
    }

    KubernetesClient client() {
        return client;
    }

    /** From now on it does not create an object of that name. */
    void refuses(String name, int status, String why) {
        refusals.put(name, new Refusal(status, why));
    }

    /** From now on it has an object of that name, whatever it said when it was to create it. */
    void keeps(String name) {
        kept.add(name);
    }

    /** Takes {@link #refuses} back. */
    void takes(String name) {
        refusals.remove(name);
    }

    /** As {@code POST sm-a}. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        boolean creates = exchange.getRequestMethod().equals("POST");
        String name = creates
                ? Serialization.unmarshal(new String(body, UTF_8), GenericKubernetesResource.class)
                        .getMetadata()
                        .getName()
                : path.substring(path.lastIndexOf('/') + 1);
        boolean isMissing = exchange.getRequestMethod().equals("GET") && !kept.contains(name);
        Refusal refusal = isMissing ? new Refusal(404, "not found") : creates ? refusals.get(name) : null;
        byte[] answer = refusal != null
                ? "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": %d, \"message\": \"%s\"}"
                        .formatted(refusal.status, refusal.why)
                        .getBytes(UTF_8)
                : creates ? body : "{\"kind\": \"Status\", \"apiVersion\": \"v1\"}".getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(refusal != null ? refusal.status : creates ? 201 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
        asked.add(exchange.getRequestMethod() + " " + name);
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }
}
