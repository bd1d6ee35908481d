package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.agent.RunningAgent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeLifeTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.swift();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    @Test
    void aNodeMadeByTheFormHasWhatTheFormSaid() throws Exception {
        assertThat(lab.admin
                        .post("computer/doCreateItem", Documents.nodeForm("f", "x y"))
                        .statusCode())
                .isEqualTo(302);
        JsonNode computer = lab.computer("f");
        assertThat(computer.get("numExecutors").asInt()).isEqualTo(2);
        assertThat(computer.get("description").asText()).isEqualTo("made by a form");
        assertThat(computer.get("assignedLabels").findValuesAsText("name")).containsExactly("x", "y", "f");
        assertThat(lab.admin.get("computer/f/config.xml").body())
                .contains("<mode>EXCLUSIVE</mode>", "<remoteFS>/srv/agent</remoteFS>");
        assertThat(lab.admin.get("computer/f/jenkins-agent.jnlp").body())
                .isEqualTo("<jnlp><application-desc><argument>" + lab.jenkins.secretOf("f")
                        + "</argument><argument>f</argument><argument>-webSocket</argument><argument>-workDir</argument>"
                        + "<argument>/srv/agent</argument><argument>-internalDir</argument><argument>remoting</argument>"
                        + "<argument>-url</argument><argument>" + lab.jenkins.url()
                        + "</argument></application-desc></jnlp>");
    }

    @Test
    void aNodeMadeAgainHasTheSameSecret() throws Exception {
        lab.node("n", "x");
        String first = lab.admin.get("computer/n/jenkins-agent.jnlp").body();
        assertThat(lab.admin.post("computer/n/doDelete").statusCode()).isEqualTo(302);
        assertThat(lab.admin.get("computer/n/api/json").statusCode()).isEqualTo(404);
        lab.node("n", "x");
        assertThat(lab.admin.get("computer/n/jenkins-agent.jnlp").body()).isEqualTo(first);
    }

    @Test
    void aNodeIsDrainedThenDeletedAndItsAgentEnds() throws Exception {
        lab.node("n", "x");
        RunningAgent agent = lab.online("n", true);
        lab.freestyle("running", "x", "sleep 1.5");
        lab.build("running");
        lab.awaitBusy("n");
        for (int i = 0; i < 2; i++) {
            assertThat(lab.admin
                            .post("computer/n/changeOfflineCause", Map.of("offlineMessage", "drain"))
                            .statusCode())
                    .as("may be said again")
                    .isEqualTo(302);
        }
        JsonNode draining = lab.computer("n");
        assertThat(draining.get("offline").asBoolean()).isTrue();
        assertThat(draining.get("temporarilyOffline").asBoolean()).isTrue();
        assertThat(draining.get("idle").asBoolean()).isFalse();
        assertThat(draining.get("offlineCauseReason").asText()).isEqualTo("drain");
        assertThat(draining.at("/offlineCause/_class").asText()).isEqualTo("hudson.slaves.OfflineCause$UserCause");
        JsonNode totals = lab.admin.json("computer/api/json");
        assertThat(totals.get("totalExecutors").asInt())
                .as("online computers only")
                .isZero();
        assertThat(totals.get("busyExecutors").asInt()).isZero();
        lab.freestyle("next", "x", "");
        long next = lab.build("next");
        lab.awaitWhy(next, "‘n’ is offline");
        lab.awaitResult("running", "SUCCESS");
        await().until(() -> lab.computer("n").get("idle").asBoolean());
        assertThat(lab.result("next")).isEmpty();
        assertThat(agent.exit()).isNotDone();
        assertThat(lab.admin.post("computer/n/doDelete").statusCode()).isEqualTo(302);
        await().untilAsserted(() -> assertThat(agent.exit()).isCompletedWithValue(0));
        assertThat(lab.admin.get("computer/n/api/json").statusCode()).isEqualTo(404);
    }

    /** As {@code IOfflineCause.getReason} of Jenkins does. */
    @Test
    void ofAReasonItTellsWhatStandsBehindTheLastColonAndEscapesIt() throws Exception {
        lab.node("n", "x");
        String message = "first : it's <so> & \"old\"";
        lab.admin.post("computer/n/changeOfflineCause", Map.of("offlineMessage", message));
        assertThat(lab.computer("n").get("offlineCauseReason").asText())
                .isEqualTo("it&#039;s &lt;so&gt; &amp; &quot;old&quot;");
        assertThat(lab.computer("n").at("/offlineCause/description").asText()).endsWith(" : " + message);
    }

    @Test
    void whereItsAgentWorksIsToldWhileItIsConnectedEvenIfMarkedOffline() throws Exception {
        lab.node("n", "x");
        lab.online("n", true);
        lab.admin.post("computer/n/changeOfflineCause", Map.of("offlineMessage", "drain"));
        assertThat(lab.computer("n").get("offline").asBoolean()).isTrue();
        assertThat(lab.computer("n").get("absoluteRemotePath").isNull()).isFalse();
        lab.admin.post("computer/n/doDisconnect");
        await().until(() -> lab.computer("n").get("absoluteRemotePath").isNull());
        assertThat(lab.computer("n").get("temporarilyOffline").asBoolean()).isTrue();
    }

    @Test
    void aNodeThatIsToggledBackTakesWorkAgain() throws Exception {
        lab.node("n", "x");
        lab.online("n", false);
        assertThat(lab.admin
                        .post("computer/n/toggleOffline?offlineMessage=pause")
                        .statusCode())
                .isEqualTo(302);
        assertThat(lab.computer("n").get("offlineCauseReason").asText()).isEqualTo("pause");
        lab.freestyle("j", "x", "");
        lab.awaitWhy(lab.build("j"), "‘n’ is offline");
        assertThat(lab.admin.post("computer/n/toggleOffline").statusCode()).isEqualTo(302);
        lab.awaitResult("j", "SUCCESS");
    }

    @Test
    void deletingABusyNodeFailsAFreestyleBuildAtOnce() throws Exception {
        lab.node("n", "x");
        lab.online("n", true);
        lab.freestyle("j", "x", "sleep 60");
        lab.build("j");
        lab.awaitBusy("n");
        lab.admin.post("computer/n/doDelete");
        assertThat(lab.result("j")).isEqualTo("FAILURE");
        assertThat(lab.admin.get("computer/n/api/json").statusCode()).isEqualTo(404);
    }

    @Test
    void deletingANodeBusyWithAPipelineLeavesItsComputerListedForAWhile() throws Exception {
        lab.node("n", "x");
        lab.online("n", true);
        lab.pipeline("p", "node('x') { sleep 60 }");
        lab.build("p");
        lab.awaitBusy("n");
        lab.admin.post("computer/n/doDelete");
        JsonNode zombie = lab.computer("n");
        assertThat(zombie.get("offline").asBoolean()).isTrue();
        assertThat(zombie.get("idle").asBoolean()).isFalse();
        assertThat(zombie.get("numExecutors").asInt()).isZero();
        assertThat(zombie.get("assignedLabels")).isEmpty();
        assertThat(zombie.at("/executors/0/currentExecutable/number").asInt()).isEqualTo(1);
        assertThat(lab.admin.json("label/n/api/json").get("nodes")).isEmpty();
        assertThat(lab.result("p")).isEmpty();
        // The stand-in was told to wait two seconds where a controller waits five minutes.
        lab.awaitResult("p", "FAILURE");
        assertThat(lab.admin.get("computer/n/api/json").statusCode()).isEqualTo(404);
        assertThat(lab.admin.json("job/p/1/api/json").get("duration").asLong()).isGreaterThanOrEqualTo(2000);
    }

    @Test
    void anExclusiveNodeTakesNothingWithoutALabel() throws Exception {
        lab.node("exclusive", "x", "EXCLUSIVE");
        lab.online("exclusive", false);
        lab.freestyle("j", null, "");
        long item = lab.build("j");
        lab.awaitWhy(item, "‘exclusive’ is reserved for jobs with matching label expression");
        lab.node("normal", "y", "NORMAL");
        lab.online("normal", false);
        lab.awaitResult("j", "SUCCESS");
        assertThat(lab.admin.json("job/j/1/api/json").get("builtOn").asText()).isEqualTo("normal");
    }

    @Test
    void loadFollowsWhatHappens() throws Exception {
        lab.node("n", "x");
        lab.freestyle("tied", "x", "");
        lab.build("tied");
        lab.freestyle("nowhere", "nowhere", "");
        lab.build("nowhere");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> latest("label/x/loadStatistics", "queueLength") > 0.3
                        && latest("label/x/loadStatistics", "definedExecutors") > 0.3
                        && latest("overallLoad", "totalQueueLength") > 0.6);
        assertThat(latest("label/nowhere/loadStatistics", "queueLength"))
                .as("no node has the label, so nothing is counted")
                .isZero();
        assertThat(latest("label/x/loadStatistics", "onlineExecutors")).isZero();
    }

    private double latest(String path, String value) throws Exception {
        return lab.admin
                .json(path + "/api/json?tree=" + value + "%5Bsec10%5Blatest%5D%5D")
                .at("/" + value + "/sec10/latest")
                .asDouble();
    }
}
