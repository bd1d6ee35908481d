package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.lab.agent.AgentDescription;
import dev.shedmaster.lab.agent.RunningAgent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentLifeTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.swift();
        lab.node("n", "x");
    }

    @AfterEach
    void end() {
        lab.close();
    }

    /** The status with which a handshake is answered; 101 when it succeeds. */
    private int handshake(String name, String secret) {
        URI endpoint = URI.create(lab.jenkins.url().toString().replace("http:", "ws:") + "wsagents/");
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.newWebSocketBuilder()
                    .header("Node-Name", name)
                    .header("Secret-Key", secret)
                    .header("X-Remoting-Capability", "any")
                    .buildAsync(endpoint, new WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof WebSocketHandshakeException handshake) {
                return handshake.getResponse().statusCode();
            }
            throw refused;
        }
    }

    @Test
    void handshakesAreRefusedAsTheControllerDoes() throws Exception {
        assertThat(handshake("nobody", "0".repeat(64))).as("no such agent").isEqualTo(400);
        assertThat(handshake("n", "0".repeat(64))).as("wrong secret").isEqualTo(403);
        lab.online("n", false);
        assertThat(handshake("n", lab.jenkins.secretOf("n")))
                .as("already connected")
                .isEqualTo(400);
    }

    @Test
    void theFirstConnectionIsTriedUntilItSucceedsEvenWithoutReconnect() throws Exception {
        RunningAgent early = lab.start("later", true);
        assertThat(early.exit()).isNotDone();
        lab.node("later", "y");
        lab.awaitOnline("later");
    }

    @Test
    void anAgentWithTheWrongSecretNeverEndsAndNeverConnects() throws Exception {
        RunningAgent agent = lab.agents.start(
                new AgentDescription(lab.jenkins.url(), "n", "0".repeat(64), "", Optional.of(Duration.ZERO)));
        lab.online("n", false);
        assertThat(agent.exit()).isNotDone();
    }

    @Test
    void whoseConnectionEndsComesBackUnlessToldNotTo() throws Exception {
        lab.node("once", "y");
        RunningAgent stays = lab.online("n", false);
        RunningAgent goes = lab.online("once", true);
        assertThat(lab.admin.post("computer/n/doDisconnect?offlineMessage=go").statusCode())
                .isEqualTo(302);
        assertThat(lab.admin
                        .post("computer/once/doDisconnect?offlineMessage=go")
                        .statusCode())
                .isEqualTo(302);
        assertThat(lab.computer("once").get("offlineCauseReason").asText()).isEqualTo("go");
        await().untilAsserted(() -> assertThat(goes.exit()).isCompletedWithValue(0));
        lab.awaitOnline("n");
        assertThat(stays.exit()).isNotDone();
        assertThat(lab.computer("once").get("offline").asBoolean()).isTrue();
    }

    @Test
    void anAgentTriesToGetItsConnectionBackForAsLongAsItWasTold() throws Exception {
        RunningAgent patient = lab.online("n", Optional.of(Duration.ofHours(1)));
        lab.node("gone", "y");
        RunningAgent hasty = lab.online("gone", Optional.of(Duration.ofMillis(1)));
        lab.admin.post("computer/n/doDisconnect?offlineMessage=go");
        lab.awaitOnline("n");
        assertThat(patient.exit()).isNotDone();
        lab.admin.post("computer/gone/doDelete");
        await().untilAsserted(() -> assertThat(hasty.exit()).isCompletedWithValue(0));
    }

    @Test
    void theAgentOfANodeThatWasDeletedAndMadeAgainWorksAgain() throws Exception {
        RunningAgent zombie = lab.online("n", false);
        lab.admin.post("computer/n/doDelete");
        lab.node("n", "x");
        lab.awaitOnline("n");
        lab.freestyle("j", "x", "");
        lab.build("j");
        lab.awaitResult("j", "SUCCESS");
        assertThat(zombie.exit()).isNotDone();
    }

    @Test
    void aFreestyleBuildFailsWhenItsAgentsConnectionBreaks() throws Exception {
        lab.online("n", false);
        lab.freestyle("j", "x", "sleep 60");
        lab.build("j");
        lab.awaitBusy("n");
        lab.admin.post("computer/n/doDisconnect");
        assertThat(lab.result("j")).isEqualTo("FAILURE");
    }

    @Test
    void aPipelineGoesOnWhenItsAgentComesBackInTime() throws Exception {
        lab.close();
        JenkinsOptions swift = JenkinsOptions.swift();
        lab = new Lab(swift.with(swift.settings().withLostAgentTimeout(Duration.ofSeconds(30))));
        lab.node("n", "x");
        lab.online("n", false);
        lab.pipeline("p", "node('x') { sh 'sleep 2.5' }");
        lab.build("p");
        lab.awaitBusy("n");
        lab.admin.post("computer/n/doDisconnect");
        assertThat(lab.computer("n").get("idle").asBoolean()).isFalse();
        assertThat(lab.queue()).isEmpty();
        lab.awaitResult("p", "SUCCESS");
        assertThat(lab.admin.json("job/p/1/api/json").get("duration").asLong()).isGreaterThanOrEqualTo(2500);
    }

    @Test
    void aPipelineFailsWhenItsAgentStaysAway() throws Exception {
        RunningAgent agent = lab.online("n", true);
        lab.pipeline("p", "node('x') { sh 'sleep 60' }");
        lab.build("p");
        lab.awaitBusy("n");
        lab.admin.post("computer/n/doDisconnect");
        lab.awaitResult("p", "FAILURE");
        await().untilAsserted(() -> assertThat(agent.exit()).isCompletedWithValue(0));
        assertThat(lab.computer("n").get("idle").asBoolean()).isTrue();
    }

    @Test
    void aPowerCutIsNoticedOnlyWhenNoSignOfLifeComes() throws Exception {
        RunningAgent agent = lab.online("n", false);
        lab.freestyle("j", "x", "sleep 60");
        lab.build("j");
        lab.awaitBusy("n");
        agent.close();
        agent.close();
        assertThat(agent.exit()).isCompletedWithValue(137);
        assertThat(lab.computer("n").get("offline").asBoolean())
                .as("nothing was said")
                .isFalse();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> lab.computer("n").get("offline").asBoolean());
        assertThat(lab.computer("n").get("offlineCauseReason").asText()).isEqualTo("Connection was broken");
        lab.awaitResult("j", "FAILURE");
    }

    @Test
    void anAgentThatIsAliveStaysOnlineWhileItsBuildRunsLongerThanTheControllerWouldWait() throws Exception {
        lab.online("n", false);
        lab.freestyle("j", "x", "sleep 4");
        lab.build("j");
        lab.awaitResult("j", "SUCCESS");
        assertThat(lab.computer("n").get("offline").asBoolean()).isFalse();
    }

    @Test
    void anAgentLearnsThatItsNodeWentHoweverSoonThatIsAfterItConnected() throws Exception {
        List<RunningAgent> agents = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "short-lived-" + i;
            lab.node(name, "y");
            agents.add(lab.start(name, true));
            while (!lab.jenkins.controller().agents().isConnected(name)) {
                Thread.onSpinWait();
            }
            assertThat(lab.jenkins.controller().nodes().delete(name)).isTrue();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(agents)
                        .allSatisfy(agent -> assertThat(agent.exit()).isCompletedWithValue(0)));
    }
}
