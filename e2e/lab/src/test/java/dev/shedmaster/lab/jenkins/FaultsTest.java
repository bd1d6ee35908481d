package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.lab.agent.RunningAgent;
import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.fault.Fault;
import dev.shedmaster.lab.jenkins.fault.Latency;
import dev.shedmaster.lab.jenkins.fault.Scope;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    private static final String QUEUE = "queue/api/json";

    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.swift();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    private long inject(String order) throws Exception {
        HttpResponse<String> answer = lab.admin.postJson("lab/faults", order);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body()).get("id").asLong();
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return lab.admin.send(lab.admin.request(path).method("DELETE", HttpRequest.BodyPublishers.noBody()));
    }

    @ParameterizedTest
    @CsvSource({"unauthorized,401", "forbidden,403", "error,500"})
    void anErrorPageForSoManyRequests(String kind, int status) throws Exception {
        inject("{\"kind\":\"" + kind + "\",\"path\":\"/queue\",\"count\":2}");
        assertThat(lab.admin.get("computer/api/json").statusCode())
                .as("another path")
                .isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = lab.admin.get(QUEUE);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        }
        assertThat(lab.admin.get(QUEUE).statusCode()).isEqualTo(200);
        JsonNode listed = lab.admin.json("lab/faults").get(0);
        assertThat(listed.get("hits").asInt()).isEqualTo(2);
        assertThat(listed.get("over").asBoolean()).isTrue();
    }

    @Test
    void aPageInsteadOfJsonForAWhile() throws Exception {
        inject("{\"kind\":\"html\",\"durationMs\":600}");
        HttpResponse<String> answer = lab.admin.get(QUEUE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("<!DOCTYPE html>");
        await().until(() -> lab.admin.get(QUEUE).body().startsWith("{"));
    }

    @Test
    void slowAnswersUntilCleared() throws Exception {
        long id = inject("{\"kind\":\"slow\",\"minMs\":300,\"maxMs\":400,\"method\":\"GET\"}");
        long before = System.nanoTime();
        assertThat(lab.admin.get(QUEUE).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(lab.admin.json("lab/faults").at("/0/hits").asInt()).isEqualTo(1);
        assertThat(delete("lab/faults/" + id).statusCode()).isEqualTo(204);
        assertThat(lab.admin.json("lab/faults")).isEmpty();
    }

    @Test
    void latenciesFollowTheirDistribution() {
        java.util.Random random = new java.util.Random(1);
        Latency latency = new Latency.Lognormal(Duration.ofMillis(100), 0.5);
        long slower = java.util.stream.IntStream.range(0, 10_000)
                .filter(i -> latency.draw(random).toMillis() > 100)
                .count();
        assertThat(slower).isBetween(4_700L, 5_300L);
    }

    @Test
    void aConnectionThatBreaksBeforeTheEffectAndOneAfterIt() throws Exception {
        String node = Documents.node("n", "x", "NORMAL", 1);
        lab.jenkins
                .faults()
                .inject(
                        new Fault.Reset(false),
                        Scope.under("/computer/createItem").times(1));
        assertThatThrownBy(() -> lab.admin.postXml("computer/createItem?name=n", node))
                .isInstanceOf(IOException.class);
        assertThat(lab.admin.get("computer/n/api/json").statusCode()).isEqualTo(404);
        lab.jenkins
                .faults()
                .inject(
                        new Fault.Reset(true),
                        Scope.under("/computer/createItem").times(1));
        assertThatThrownBy(() -> lab.admin.postXml("computer/createItem?name=n", node))
                .isInstanceOf(IOException.class);
        assertThat(lab.admin.get("computer/n/api/json").statusCode()).isEqualTo(200);
    }

    @Test
    void aRestartKeepsTheQueueAndItsIdsAndDropsAgents() throws Exception {
        lab.node("n", "x");
        lab.node("m", "y");
        lab.online("n", false);
        lab.online("m", false);
        lab.freestyle("freestyle", "x", "sleep 60");
        lab.build("freestyle");
        lab.pipeline("pipeline", "node('y') { sh 'sleep 3' }");
        lab.build("pipeline");
        lab.awaitBusy("n");
        lab.awaitBusy("m");
        lab.freestyle("waiting", "none", "");
        long waiting = lab.build("waiting");
        String session =
                lab.admin.get(QUEUE).headers().firstValue("X-Jenkins-Session").orElseThrow();
        inject("{\"kind\":\"restart\",\"outageMs\":700}");
        HttpResponse<String> during = lab.admin.get(QUEUE);
        assertThat(during.statusCode()).isEqualTo(503);
        assertThat(during.body()).contains("Please wait while Jenkins is getting ready to work");
        await().until(() -> lab.admin.get(QUEUE).statusCode() == 200);
        assertThat(lab.admin
                        .get(QUEUE)
                        .headers()
                        .firstValue("X-Jenkins-Session")
                        .orElseThrow())
                .isNotEqualTo(session);
        assertThat(lab.queue()).extracting(item -> item.get("id").asLong()).contains(waiting);
        lab.awaitOnline("n");
        assertThat(lab.result("freestyle")).isEqualTo("ABORTED");
        lab.awaitResult("pipeline", "SUCCESS");
        assertThat(lab.build("freestyle")).isGreaterThan(waiting);
    }

    @Test
    void aNodeVanishes() throws Exception {
        lab.node("n", "x");
        RunningAgent agent = lab.online("n", true);
        inject("{\"kind\":\"node-vanished\",\"node\":\"n\"}");
        assertThat(lab.admin.get("computer/n/api/json").statusCode()).isEqualTo(404);
        await().untilAsserted(() -> assertThat(agent.exit()).isCompletedWithValue(0));
    }

    @Test
    void anAgentDisconnectsInABuild() throws Exception {
        lab.node("n", "x");
        lab.online("n", false);
        lab.freestyle("j", "x", "sleep 60");
        lab.build("j");
        lab.awaitBusy("n");
        inject("{\"kind\":\"agent-disconnected\",\"node\":\"n\"}");
        assertThat(lab.result("j")).isEqualTo("FAILURE");
        lab.awaitOnline("n");
    }

    @Test
    void aPermissionIsTakenAwayAndGivenBack() throws Exception {
        Client autoscaler = Client.of(lab.jenkins, JenkinsOptions.AUTOSCALER);
        String node = Documents.node("n", "x", "NORMAL", 1);
        long id = inject("{\"kind\":\"permission-removed\",\"user\":\"shedmaster\",\"permission\":\""
                + Permission.AGENT_CREATE.id() + "\"}");
        HttpResponse<String> refused = autoscaler.postXml("computer/createItem?name=n", node);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("shedmaster is missing the Agent/Create permission");
        delete("lab/faults/" + id);
        assertThat(autoscaler.postXml("computer/createItem?name=n", node).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theQueueIsFlooded() throws Exception {
        inject("{\"kind\":\"queue-flood\",\"items\":50000,\"label\":\"amd64 && kvm\"}");
        await().until(() ->
                lab.admin.json("lab/state?work=false").at("/queue/buildable").asInt() == 50_000);
        assertThat(lab.admin.json(QUEUE + "?tree=items%5Bid,why%5D").get("items"))
                .hasSize(50_000);
        delete("lab/faults");
        assertThat(lab.queue()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | kind: is missing",
                "{\"kind\":\"magic\"} | kind: expected one of",
                "{\"kind\":\"html\",\"path\":\"queue\"} | path: expected it to begin with '/'",
                "{\"kind\":\"html\",\"count\":0} | count: expected 1 or more",
                "{\"kind\":\"html\",\"count\":\"2\"} | count: expected a whole number",
                "{\"kind\":\"html\",\"often\":2} | often: unknown field",
                "{\"kind\":\"node-vanished\",\"node\":\"x\"} | node: there is no node 'x'",
                "{\"kind\":\"slow\",\"minMs\":5,\"maxMs\":1} | latency: expected",
                "{\"kind\":\"permission-removed\",\"user\":\"x\",\"permission\":\"y\"} | permission: expected an id",
                "[] | the body must be a JSON object"
            })
    void aWrongOrderIsRefusedWithTheFieldAndWhatWasExpected(String order, String message) throws Exception {
        HttpResponse<String> answer = lab.admin.postJson("lab/faults", order);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
        assertThat(lab.admin.json("lab/faults")).isEmpty();
    }
}
