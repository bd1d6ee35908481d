package dev.shedmaster.lab.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A client that sends what a test says and hides nothing of the answer. */
final class ArmClient implements AutoCloseable {
    static final String API = "2025-04-01";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer with its body as JSON; a missing node when there was none. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body().isEmpty() ? "null" : response.body());
            } catch (IOException broken) {
                throw new AssertionError("No JSON: " + response.body(), broken);
            }
        }

        String header(String name) {
            return response.headers()
                    .firstValue(name)
                    .orElseThrow(() -> new AssertionError("No header " + name + " among " + response.headers()));
        }

        List<String> headers(String name) {
            return response.headers().allValues(name);
        }

        String errorCode() {
            return json().at("/error/code").asText();
        }

        String errorMessage() {
            return json().at("/error/message").asText();
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AzureStandIn azure;
    private String token;

    ArmClient(AzureStandIn azure) {
        this.azure = azure;
        this.token = azure.token();
    }

    void useToken(String other) {
        token = other;
    }

    static String group() {
        return "/subscriptions/" + SampleVm.SUBSCRIPTION + "/resourceGroups/" + Options.GROUP;
    }

    static String vm(String name) {
        return group() + "/providers/Microsoft.Compute/virtualMachines/" + name;
    }

    static String vms() {
        return group() + "/providers/Microsoft.Compute/virtualMachines";
    }

    static String nics() {
        return group() + "/providers/Microsoft.Network/networkInterfaces";
    }

    static String disks() {
        return group() + "/providers/Microsoft.Compute/disks";
    }

    Answer send(String method, URI uri, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(http.send(request.build(), BodyHandlers.ofString()));
    }

    URI uri(String path, String... query) {
        String more = query.length == 0 ? "" : "&" + String.join("&", query);
        return URI.create(azure.armUrl() + path + "?api-version=" + API + more);
    }

    Answer get(String path, String... query) throws IOException, InterruptedException {
        return send("GET", uri(path, query), "");
    }

    Answer post(String path, String... query) throws IOException, InterruptedException {
        return send("POST", uri(path, query), "");
    }

    Answer delete(String path, String... query) throws IOException, InterruptedException {
        return send("DELETE", uri(path, query), "");
    }

    Answer put(String path, ObjectNode body, String... headers) throws IOException, InterruptedException {
        return send("PUT", uri(path), body.toString(), headers);
    }

    /** Creates only. */
    Answer create(String name, ObjectNode body) throws IOException, InterruptedException {
        return put(vm(name), body, "If-None-Match", "*");
    }

    Answer create(String name) throws IOException, InterruptedException {
        return create(name, SampleVm.body(name));
    }

    Answer follow(String url) throws IOException, InterruptedException {
        return send("GET", URI.create(url), "");
    }

    Answer lab(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, URI.create(azure.armUrl() + "/lab/" + path), body);
    }

    @Override
    public void close() {
        http.close();
    }
}
