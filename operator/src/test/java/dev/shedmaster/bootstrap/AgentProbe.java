package dev.shedmaster.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Stands in for agent.jar on a machine: it asks Jenkins for one page, as the agent does before it connects. */
final class AgentProbe {
    private AgentProbe() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        if (given.contains("-version")) {
            return;
        }
        URI jenkins = URI.create(given.get(given.indexOf("-url") + 1)).resolve("login");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Void> answer =
                    client.send(HttpRequest.newBuilder(jenkins).build(), HttpResponse.BodyHandlers.discarding());
            System.exit(answer.statusCode() == 200 ? 0 : 1);
        }
    }
}
