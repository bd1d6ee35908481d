package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.lab.agent.AgentDescription;
import dev.shedmaster.lab.agent.LabAgent;
import dev.shedmaster.lab.jenkins.controller.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Brings the stand-in into the state of which a real controller's answers were recorded, and compares its own answers
 * with those, field by field: names, order, types, classes, and the values that do not depend on time or place.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenShapesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JenkinsStandIn jenkins;
    private LabAgent agents;
    private Client admin;

    @BeforeAll
    void bringAbout() throws Exception {
        // The recorded controller's quiet period was five minutes; that of its Pipelines' node steps is none.
        jenkins = JenkinsStandIn.start(JenkinsOptions.usual()
                .with(new Settings(
                        0,
                        Duration.ofMinutes(5),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(4),
                        Duration.ofSeconds(10))));
        agents = new LabAgent();
        admin = Client.of(jenkins, JenkinsOptions.ADMIN);
        node("a-2", "arm64");
        agents.start(
                new AgentDescription(jenkins.url(), "a-2", jenkins.secretOf("a-2"), "", Optional.of(Duration.ZERO)));
        await().until(() -> !admin.json("computer/a-2/api/json").get("offline").asBoolean());
        job("pipe2", Documents.pipeline("node('linux-amd64') { sh 'sleep 600' }"));
        build("pipe2");
        job(
                "pipe3",
                Documents.pipeline(
                        "parallel(a: { node('arm64') { sleep 600 } }, b: { node('linux-amd64') { sleep 600 } })"));
        build("pipe3");
        await().until(() -> !admin.json("computer/a-2/api/json").get("idle").asBoolean());
        assertThat(admin.post("computer/a-2/doDelete").statusCode()).isEqualTo(302);
        node("anchor", "zz-anchor");
        job("fs-label", Documents.freestyle("arm64 && kvm", "sleep 1"));
        build("fs-label");
        job("fs-any", Documents.freestyle(null, "sleep 1"));
        assertThat(admin.post("job/fs-any/build").statusCode()).isEqualTo(201);
        await().until(() -> admin.json("queue/api/json").at("/items").size() == 4
                && admin.json("queue/api/json").at("/items/1/buildable").asBoolean());
    }

    @AfterAll
    void end() {
        agents.close();
        jenkins.close();
    }

    private void node(String name, String labels) throws Exception {
        assertThat(admin.postXml("computer/createItem?name=" + name, Documents.node(name, labels, "EXCLUSIVE", 1))
                        .statusCode())
                .isEqualTo(200);
    }

    private void job(String name, String config) throws Exception {
        assertThat(admin.postXml("createItem?name=" + name, config).statusCode())
                .isEqualTo(200);
    }

    private void build(String name) throws Exception {
        assertThat(admin.post("job/" + name + "/build?delay=0sec").statusCode()).isEqualTo(201);
    }

    @Test
    void theQueueWithoutATree() throws Exception {
        compare("queue-depth0.json", "queue/api/json?pretty=true");
    }

    @Test
    void theQueueByTree() throws Exception {
        compare(
                "queue-tree.json",
                "queue/api/json?pretty=true&tree=items%5Bid,why,stuck,blocked,buildable,pending,inQueueSince,timestamp,"
                        + "buildableStartMilliseconds,task%5Bname,fullDisplayName,url,labelExpression%5D%5D");
    }

    @Test
    void theComputersWithoutATree() throws Exception {
        compare("computers-depth0.json", "computer/api/json");
    }

    @Test
    void theComputersByTree() throws Exception {
        compare(
                "computers-tree.json",
                "computer/api/json?tree=computer%5BdisplayName,assignedLabels%5Bname%5D,idle,offline,offlineCauseReason,"
                        + "temporarilyOffline,numExecutors,executors%5Bidle,currentExecutable%5Burl%5D%5D,"
                        + "oneOffExecutors%5BcurrentExecutable%5Burl%5D%5D%5D");
    }

    @Test
    void aLabel() throws Exception {
        compare("label-expr.json", "label/arm64%26%26kvm/api/json");
    }

    @Test
    void aLabelsLoad() throws Exception {
        compare("label-loadstats-depth2.json", "label/arm64%26%26kvm/loadStatistics/api/json?depth=2");
    }

    @Test
    void theOverallLoadByTree() throws Exception {
        compare(
                "overallLoad-tree.json",
                "overallLoad/api/json?tree=busyExecutors%5Bsec10%5Blatest%5D%5D,onlineExecutors%5Bsec10%5Blatest%5D%5D,"
                        + "queueLength%5Bsec10%5Blatest%5D%5D,totalQueueLength%5Bsec10%5Blatest%5D%5D");
    }

    @Test
    void whoAmI() throws Exception {
        compare("whoami.json", "whoAmI/api/json");
    }

    @Test
    void aCrumb() throws Exception {
        compare("crumb.json", "crumbIssuer/api/json");
    }

    @Test
    void aNodesConfiguration() throws Exception {
        assertThat(admin.get("computer/anchor/config.xml").body().strip())
                .isEqualTo(resource("node-config.xml").strip());
    }

    @Test
    void theArgumentsForTheAgentOfANodeThatIsGone() throws Exception {
        String digits = "[0-9a-f]{64}";
        assertThat(admin.get("computer/a-2/jenkins-agent.jnlp")
                        .body()
                        .replaceAll(digits, "0".repeat(64))
                        .replace(jenkins.url().toString(), "http://jenkins.example:8080/"))
                .isEqualTo(resource("jenkins-agent.jnlp.xml").strip());
    }

    @Test
    void theHeaders() throws Exception {
        var headers = admin.get("queue/api/json?tree=items%5Bid%5D").headers();
        String recorded = resource("headers.txt");
        for (String name : new String[] {
            "Server",
            "Date",
            "Vary",
            "X-Content-Type-Options",
            "Content-Security-Policy-Report-Only",
            "X-Jenkins",
            "X-Jenkins-Session",
            "X-Frame-Options",
            "Content-Type",
            "Content-Length"
        }) {
            assertThat(recorded).containsIgnoringCase("\n" + name + ":");
            assertThat(headers.firstValue(name)).as(name).isPresent();
        }
        assertThat(headers.firstValue("X-Jenkins")).contains("2.541.3");
        assertThat(headers.firstValue("Content-Type")).contains("application/json;charset=utf-8");
        assertThat(headers.firstValue("X-Jenkins-Session").orElseThrow()).matches("[0-9a-f]{8}");
        assertThat(headers.map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).matches("etag|last-modified|cache-control"));
    }

    private void compare(String recorded, String request) throws Exception {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        describe("", MAPPER.readTree(resource(recorded)), expected);
        describe("", admin.json(request), actual);
        assertThat(actual).isEqualTo(expected);
    }

    /** What a document says, by place: the values that are the same everywhere, of the others the type. */
    private void describe(String place, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            into.put(place + " has", String.join(" ", (Iterable<String>) node::fieldNames));
            node.properties().forEach(field -> describe(place + "/" + field.getKey(), field.getValue(), into));
        } else if (node.isArray()) {
            into.put(place + " holds", String.valueOf(node.size()));
            for (int i = 0; i < node.size(); i++) {
                describe(place + "/" + i, node.get(i), into);
            }
        } else {
            into.put(place, variable(place, node) ? node.getNodeType().name() : steady(node.asText()));
        }
    }

    private static boolean variable(String place, JsonNode node) {
        String name = place.substring(place.lastIndexOf('/') + 1);
        return place.contains("/monitorData/")
                || node.isFloatingPointNumber()
                || name.matches("id|inQueueSince|timestamp|buildableStartMilliseconds|crumb");
    }

    private String steady(String text) {
        return text.replace(jenkins.url().toString(), "http://jenkins.example:8080/")
                .replaceAll("queue/item/\\d+/", "queue/item/N/")
                .replaceAll("Expires in .*", "Expires in a while");
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = GoldenShapesTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
