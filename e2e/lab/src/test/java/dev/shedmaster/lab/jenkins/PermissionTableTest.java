package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.jenkins.access.JenkinsUser;
import dev.shedmaster.lab.jenkins.access.Permission;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of what each permission opens, row by row. */
class PermissionTableTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.swift();
    }

    private Client with(Permission... permissions) throws Exception {
        JenkinsUser user = new JenkinsUser("u", "password", "11" + "a".repeat(32), Set.of(permissions));
        lab.close();
        lab = new Lab(JenkinsOptions.swift().and(user));
        lab.node("n", "x");
        lab.online("n", false);
        lab.freestyle("waiting", "none", "");
        lab.build("waiting");
        lab.freestyle("running", "x", "sleep 60");
        lab.build("running");
        lab.awaitBusy("n");
        return Client.of(lab.jenkins, user);
    }

    @AfterEach
    void end() {
        lab.close();
    }

    @Test
    void nothing() throws Exception {
        Client user = with();
        for (String path : new String[] {"queue/api/json", "computer/api/json", "computer/n/api/json", "api/json"}) {
            assertThat(user.get(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(user.get("queue/api/json").body()).contains("u is missing the Overall/Read permission");
        assertThat(user.get("whoAmI/api/json").statusCode()).isEqualTo(200);
    }

    @Test
    void overallRead() throws Exception {
        Client user = with(Permission.READ);
        JsonNode computer = user.json("computer/n/api/json?depth=2");
        assertThat(computer.get("monitorData")).isEmpty();
        assertThat(computer.get("absoluteRemotePath").isNull()).isTrue();
        assertThat(computer.at("/executors/0/idle").asBoolean()).isFalse();
        assertThat(computer.at("/executors/0/currentExecutable").isNull())
                .as("the job is not readable")
                .isTrue();
        assertThat(user.json("queue/api/json").get("items")).isEmpty();
        assertThat(user.json("queue/api/json").get("discoverableItems")).isEmpty();
        assertThat(user.get("job/running/api/json").statusCode()).isEqualTo(404);
        assertThat(user.get("computer/n/jenkins-agent.jnlp").statusCode()).isEqualTo(403);
        assertThat(user.get("computer/n/config.xml").statusCode()).isEqualTo(403);
        for (String action : new String[] {"changeOfflineCause", "toggleOffline", "doDisconnect", "doDelete"}) {
            assertThat(user.post("computer/n/" + action).statusCode())
                    .as(action)
                    .isEqualTo(403);
        }
        assertThat(user.postXml("computer/createItem?name=m", Documents.node("m", "", "NORMAL", 1))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void jobDiscover() throws Exception {
        Client user = with(Permission.READ, Permission.JOB_DISCOVER);
        JsonNode queue = user.json("queue/api/json");
        assertThat(queue.get("items")).isEmpty();
        assertThat(queue.at("/discoverableItems/0/task/name").asText()).isEqualTo("waiting");
        assertThat(queue.at("/discoverableItems/0")).hasSize(1);
        assertThat(user.get("job/running/api/json").statusCode()).isEqualTo(403);
    }

    @Test
    void jobRead() throws Exception {
        Client user = with(Permission.READ, Permission.JOB_READ);
        assertThat(user.json("queue/api/json").at("/items/0/task/name").asText())
                .isEqualTo("waiting");
        assertThat(user.json("computer/n/api/json?depth=2")
                        .at("/executors/0/currentExecutable/number")
                        .asInt())
                .isEqualTo(1);
        assertThat(user.post("job/waiting/build").statusCode()).isEqualTo(403);
        long item = user.json("queue/api/json").at("/items/0/id").asLong();
        assertThat(user.post("queue/cancelItem?id=" + item).statusCode()).isEqualTo(422);
    }

    @Test
    void jobBuild() throws Exception {
        Client user = with(Permission.READ, Permission.JOB_READ, Permission.JOB_BUILD);
        assertThat(user.post("job/waiting/build").statusCode()).isEqualTo(201);
    }

    @Test
    void agentCreate() throws Exception {
        Client user = with(Permission.READ, Permission.AGENT_CREATE);
        assertThat(user.postXml("computer/createItem?name=m", Documents.node("m", "", "NORMAL", 1))
                        .statusCode())
                .isEqualTo(200);
        assertThat(user.post("computer/doCreateItem", Documents.nodeForm("f", "x"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(user.post("computer/m/doDelete").statusCode()).isEqualTo(403);
    }

    @Test
    void agentConnect() throws Exception {
        Client user = with(Permission.READ, Permission.AGENT_CONNECT);
        assertThat(user.get("computer/n/jenkins-agent.jnlp").body()).contains(lab.jenkins.secretOf("n"));
        assertThat(user.get("computer/n/slave-agent.jnlp").statusCode()).isEqualTo(200);
        JsonNode computer = user.json("computer/n/api/json");
        assertThat(computer.at("/monitorData")).hasSize(6);
        assertThat(computer.get("absoluteRemotePath").asText()).isEqualTo("/home/jenkins/agent");
    }

    @Test
    void agentDisconnectDrainsButDoesNotBringBack() throws Exception {
        Client user = with(Permission.READ, Permission.AGENT_DISCONNECT);
        assertThat(user.post("computer/n/changeOfflineCause", Map.of("offlineMessage", "drain"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(lab.computer("n").get("temporarilyOffline").asBoolean()).isTrue();
        assertThat(user.post("computer/n/toggleOffline").statusCode())
                .as("needs Connect")
                .isEqualTo(403);
    }

    @Test
    void agentDelete() throws Exception {
        Client user = with(Permission.READ, Permission.AGENT_DELETE);
        assertThat(user.post("computer/n/doDelete").statusCode()).isEqualTo(302);
        assertThat(lab.admin.get("computer/n/api/json").statusCode()).isEqualTo(404);
    }

    @Test
    void agentExtendedReadAndConfigure() throws Exception {
        Client user = with(Permission.READ, Permission.AGENT_EXTENDED_READ, Permission.AGENT_CONFIGURE);
        String config = user.get("computer/n/config.xml").body();
        assertThat(user.postXml("computer/n/config.xml", config.replace("<label>x<", "<label>x z<"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(lab.admin.json("computer/n/api/json").get("assignedLabels").findValuesAsText("name"))
                .containsExactly("x", "z", "n");
    }

    @Test
    void theMinimumOfAnAutoscalerIsEnough() throws Exception {
        Client user = with(JenkinsUser.AUTOSCALER.toArray(Permission[]::new));
        assertThat(user.postXml("computer/createItem?name=m", Documents.node("m", "", "EXCLUSIVE", 1))
                        .statusCode())
                .isEqualTo(200);
        assertThat(user.get("computer/m/jenkins-agent.jnlp").statusCode()).isEqualTo(200);
        assertThat(user.post("computer/m/changeOfflineCause").statusCode()).isEqualTo(302);
        assertThat(user.post("computer/m/doDelete").statusCode()).isEqualTo(302);
        assertThat(user.json("queue/api/json").get("items")).hasSize(1);
    }
}
