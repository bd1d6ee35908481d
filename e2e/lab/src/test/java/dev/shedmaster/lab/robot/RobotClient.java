package dev.shedmaster.lab.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A client that sends what a test says and hides nothing of the answer. */
final class RobotClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer; its JSON is a missing node when there was no body. */
    record Answer(int status, String contentType, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body.isEmpty() ? "null" : body);
            } catch (IOException broken) {
                throw new AssertionError("No JSON: " + body, broken);
            }
        }

        /** Status and code, as the documentation lists errors. */
        String error() {
            return status + " " + json().at("/error/code").asText();
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private String authorization = basic(RobotOptions.LOGIN, RobotOptions.PASSWORD);

    RobotClient(URI url) {
        this.url = url;
    }

    static String basic(String login, String password) {
        byte[] pair = (login + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** What is sent as {@code Authorization}; nothing if it is empty. */
    void authorize(String header) {
        authorization = header;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "");
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "", "");
    }

    Answer post(String path, String form) throws IOException, InterruptedException {
        return send("POST", path, "application/x-www-form-urlencoded", form);
    }

    Answer put(String path, String form) throws IOException, InterruptedException {
        return send("PUT", path, "application/x-www-form-urlencoded", form);
    }

    /** Sends a line such as {@code POST /reset/321 type=hw}. */
    Answer line(String line) throws IOException, InterruptedException {
        String[] words = line.split(" ", 3);
        boolean hasForm = words.length > 2;
        return send(words[0], words[1], hasForm ? "application/x-www-form-urlencoded" : "", hasForm ? words[2] : "");
    }

    Answer send(String method, String path, String contentType, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
