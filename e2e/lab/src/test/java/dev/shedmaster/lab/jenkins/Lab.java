package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.agent.AgentDescription;
import dev.shedmaster.lab.agent.LabAgent;
import dev.shedmaster.lab.agent.RunningAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A stand-in with everything that a test needs to play with it. */
final class Lab implements AutoCloseable {
    final JenkinsStandIn jenkins;
    final LabAgent agents = new LabAgent(Duration.ofSeconds(30));
    final Client admin;

    Lab(JenkinsOptions options) throws IOException {
        jenkins = JenkinsStandIn.start(options);
        admin = Client.of(jenkins, JenkinsOptions.ADMIN);
    }

    static Lab swift() throws IOException {
        return new Lab(JenkinsOptions.swift());
    }

    void node(String name, String labels) throws Exception {
        node(name, labels, "NORMAL");
    }

    void node(String name, String labels, String mode) throws Exception {
        assertThat(admin.postXml("computer/createItem?name=" + name, Documents.node(name, labels, mode, 1))
                        .statusCode())
                .isEqualTo(200);
    }

    /** Starts a node's agent and waits until the controller sees it. */
    RunningAgent online(String name, boolean noReconnect) throws Exception {
        return online(name, noReconnect ? Optional.of(Duration.ZERO) : Optional.empty());
    }

    RunningAgent online(String name, Optional<Duration> reconnectsFor) throws Exception {
        RunningAgent agent = start(name, reconnectsFor);
        awaitOnline(name);
        return agent;
    }

    RunningAgent start(String name, boolean noReconnect) {
        return start(name, noReconnect ? Optional.of(Duration.ZERO) : Optional.empty());
    }

    RunningAgent start(String name, Optional<Duration> reconnectsFor) {
        return agents.start(new AgentDescription(jenkins.url(), name, jenkins.secretOf(name), "", reconnectsFor));
    }

    void awaitOnline(String name) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !computer(name).get("offline").asBoolean());
    }

    void freestyle(String name, @Nullable String label, String shell) throws Exception {
        job(name, Documents.freestyle(label, shell));
    }

    void pipeline(String name, String script) throws Exception {
        job(name, Documents.pipeline(script));
    }

    void job(String name, String config) throws Exception {
        assertThat(admin.postXml("createItem?name=" + name, config).statusCode())
                .isEqualTo(200);
    }

    /** Asks for a build without a quiet period; the item's number. */
    long build(String job) throws Exception {
        var answer = admin.post("job/" + job + "/build?delay=0sec");
        assertThat(answer.statusCode()).isEqualTo(201);
        String location = answer.headers().firstValue("Location").orElseThrow();
        String[] parts = location.split("/");
        return Long.parseLong(parts[parts.length - 1]);
    }

    JsonNode computer(String name) throws Exception {
        return admin.json("computer/" + name + "/api/json?depth=1");
    }

    List<JsonNode> queue() throws Exception {
        JsonNode items = admin.json("queue/api/json").get("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    String why(long item) throws Exception {
        return admin.json("queue/item/" + item + "/api/json").get("why").asText();
    }

    void awaitWhy(long item, String why) {
        await().untilAsserted(() -> assertThat(why(item)).isEqualTo(why));
    }

    /** The result of a job's last build; empty while it runs or there is none. */
    String result(String job) throws Exception {
        var answer = admin.get("job/" + job + "/lastBuild/api/json?tree=result");
        if (answer.statusCode() == 404) {
            return "";
        }
        JsonNode result =
                admin.json("job/" + job + "/lastBuild/api/json?tree=result").get("result");
        return result.isNull() ? "" : result.asText();
    }

    void awaitResult(String job, String result) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(result(job)).isEqualTo(result));
    }

    void awaitBusy(String name) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !computer(name).get("idle").asBoolean());
    }

    @Override
    public void close() {
        agents.close();
        jenkins.close();
    }
}
