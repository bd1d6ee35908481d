package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.jenkins.controller.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.swift();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    private void restartWith(int builtInExecutors, Duration quietPeriod) throws Exception {
        lab.close();
        Settings swift = JenkinsOptions.swift().settings();
        lab = new Lab(JenkinsOptions.swift()
                .with(new Settings(
                        builtInExecutors,
                        quietPeriod,
                        swift.maintainInterval(),
                        swift.lostAgentTimeout(),
                        swift.pingInterval(),
                        swift.deadAfter(),
                        swift.loadClock())));
    }

    @Test
    void withoutAnyAgentTheLabelIsNotSaid() throws Exception {
        lab.freestyle("j", "arm64 && kvm", "");
        lab.awaitWhy(lab.build("j"), "Waiting for next available executor");
    }

    @Test
    void withoutAnyAgentAnIdleBuiltInNodeRefuses() throws Exception {
        restartWith(2, Duration.ZERO);
        lab.freestyle("j", "arm64 && kvm", "");
        lab.awaitWhy(lab.build("j"), "‘Jenkins’ doesn’t have label ‘arm64&&kvm’");
    }

    @Test
    void whyFollowsTheNodesThatMatch() throws Exception {
        lab.freestyle("j", "arm64 && kvm", "sleep 30");
        lab.node("anchor", "other");
        long item = lab.build("j");
        lab.awaitWhy(item, "There are no nodes with the label ‘arm64&&kvm’");
        lab.node("arm-1", "arm64 kvm");
        lab.awaitWhy(item, "‘arm-1’ is offline");
        lab.node("arm-2", "kvm arm64");
        lab.awaitWhy(item, "All nodes of label ‘arm64&&kvm’ are offline");
    }

    private JsonNode item(long id) throws Exception {
        return lab.admin.json("queue/item/" + id + "/api/json");
    }

    @Test
    void whyNamesTheOneBusyNodeOrTheLabelOfSeveral() throws Exception {
        lab.node("arm-1", "arm64 kvm");
        lab.online("arm-1", false);
        lab.freestyle("first", "arm64 && kvm", "sleep 30");
        lab.build("first");
        lab.awaitBusy("arm-1");
        lab.freestyle("second", "arm64 && kvm", "");
        long item = lab.build("second");
        lab.awaitWhy(item, "Waiting for next available executor on ‘arm-1’");
        lab.node("arm-2", "arm64 kvm");
        lab.awaitWhy(item, "Waiting for next available executor on ‘arm64&&kvm’");
    }

    @Test
    void aQuotedLabelIsPrintedWithoutItsQuotes() throws Exception {
        lab.node("anchor", "other");
        lab.freestyle("j", "\"a b\"", "");
        lab.awaitWhy(lab.build("j"), "There are no nodes with the label ‘a b’");
    }

    @Test
    void anUnlabelledJobIsRefusedByReservedNodes() throws Exception {
        lab.node("reserved-1", "x", "EXCLUSIVE");
        lab.node("reserved-2", "x", "EXCLUSIVE");
        lab.online("reserved-1", false);
        lab.online("reserved-2", false);
        lab.freestyle("j", null, "");
        lab.awaitWhy(
                lab.build("j"),
                "‘reserved-1’ is reserved for jobs with matching label expression; "
                        + "‘reserved-2’ is reserved for jobs with matching label expression");
    }

    @Test
    void whyIsSaidInTheReadersLanguage() throws Exception {
        lab.node("anchor", "other");
        lab.freestyle("j", "kvm", "");
        long item = lab.build("j");
        lab.awaitWhy(item, "There are no nodes with the label ‘kvm’");
        for (String language : List.of("de", "fr-FR,fr;q=0.9,en;q=0.8")) {
            String body = lab.admin
                    .send(lab.admin.request("queue/item/" + item + "/api/json").header("Accept-Language", language))
                    .body();
            assertThat(body).contains("‘kvm’").doesNotContain("There are no nodes");
        }
        assertThat(lab.admin
                        .send(lab.admin
                                .request("queue/item/" + item + "/api/json")
                                .header("Accept-Language", "en-GB,de"))
                        .body())
                .contains("There are no nodes");
    }

    @Test
    void anItemWaitsForItsQuietPeriodThenLeavesForFiveMinutes() throws Exception {
        restartWith(0, Duration.ofMillis(1500));
        lab.node("n", "x");
        lab.online("n", false);
        lab.freestyle("j", "x", "sleep 0.1");
        var answer = lab.admin.post("job/j/build");
        String location = answer.headers().firstValue("Location").orElseThrow();
        String path = location.substring(lab.jenkins.url().toString().length()) + "api/json";
        JsonNode waiting = lab.admin.json(path);
        assertThat(waiting.get("_class").asText()).isEqualTo("hudson.model.Queue$WaitingItem");
        assertThat(waiting.get("why").asText()).startsWith("In the quiet period. Expires in ");
        assertThat(waiting.get("timestamp").asLong()
                        - waiting.get("inQueueSince").asLong())
                .isEqualTo(1500);
        assertThat(lab.admin.post("job/j/build").headers().firstValue("Location"))
                .as("an equal request is the same item")
                .contains(location);
        lab.awaitResult("j", "SUCCESS");
        JsonNode left = lab.admin.json(path);
        assertThat(left.get("_class").asText()).isEqualTo("hudson.model.Queue$LeftItem");
        assertThat(left.get("cancelled").asBoolean()).isFalse();
        assertThat(left.at("/executable/number").asInt()).isEqualTo(1);
        assertThat(left.at("/executable/url").asText()).isEqualTo(lab.jenkins.url() + "job/j/1/");
        assertThat(lab.admin.json("job/j/1/api/json").get("queueId").asLong())
                .isEqualTo(left.get("id").asLong());
        assertThat(lab.admin.json("job/j/1/api/json").get("builtOn").asText()).isEqualTo("n");
    }

    @Test
    void aJobThatDoesNotRunBesideItselfIsBlocked() throws Exception {
        lab.node("n-1", "x");
        lab.node("n-2", "x");
        lab.online("n-1", false);
        lab.online("n-2", false);
        lab.freestyle("j", "x", "sleep 1");
        lab.build("j");
        await().until(() -> lab.queue().isEmpty());
        long second = lab.build("j");
        await().until(() -> item(second).get("blocked").asBoolean());
        assertThat(item(second).get("_class").asText()).isEqualTo("hudson.model.Queue$BlockedItem");
        assertThat(lab.why(second)).isEqualTo("Build #1 is already in progress (ETA: N/A)");
        await().until(() ->
                "hudson.model.Queue$LeftItem".equals(item(second).get("_class").asText()));
        lab.awaitResult("j", "SUCCESS");
        assertThat(lab.admin.json("job/j/lastBuild/api/json").get("number").asInt())
                .isEqualTo(2);
    }

    @Test
    void whatHoldsALockBlocksTheOthersAndNoExecutorWouldHelp() throws Exception {
        lab.node("n-1", "x");
        lab.node("n-2", "x");
        lab.online("n-1", false);
        lab.online("n-2", false);
        String lock =
                "<properties><org.jenkins.plugins.lockableresources.RequiredResourcesProperty><resourceNames>vsphere"
                        + "</resourceNames></org.jenkins.plugins.lockableresources.RequiredResourcesProperty></properties>";
        for (String job : List.of("one", "two")) {
            lab.job(job, Documents.freestyle("x", "sleep 1").replace("<project>", "<project>" + lock));
        }
        lab.build("one");
        await().until(() -> lab.queue().isEmpty());
        long second = lab.build("two");
        await().until(() -> item(second).get("blocked").asBoolean());
        assertThat(lab.why(second)).contains("vsphere");
        lab.awaitResult("two", "SUCCESS");
        assertThat(lab.admin.json("job/two/1/api/json").get("timestamp").asLong())
                .isGreaterThanOrEqualTo(
                        lab.admin.json("job/one/1/api/json").get("timestamp").asLong() + 1000);
    }

    @Test
    void aPipelinesParallelBranchesAreItemsOfTheirOwn() throws Exception {
        lab.node("n", "x");
        lab.pipeline(
                "p",
                "parallel(a: { node('x') { sh 'sleep 0.5' } }, b: { node('x') { sh 'sleep 0.5' } }, c: { node('y') { echo 'never' } })");
        lab.build("p");
        await().until(() -> lab.queue().size() == 3);
        JsonNode items = lab.admin
                .json("queue/api/json?tree=items%5Bparams,actions%5B*%5D,task%5Bname,url,labelExpression%5D%5D")
                .get("items");
        for (JsonNode item : items) {
            assertThat(item.at("/task/name").asText()).isEqualTo("part of p #1");
            assertThat(item.at("/task/url").asText()).isEqualTo("job/p/1/");
            assertThat(item.at("/task").has("labelExpression")).isFalse();
            assertThat(item.get("params").asText()).isEmpty();
            assertThat(item.get("actions")).isEmpty();
        }
        JsonNode builtIn = lab.computer("(built-in)");
        assertThat(builtIn.get("idle").asBoolean()).isFalse();
        assertThat(builtIn.at("/oneOffExecutors/0/currentExecutable/url").asText())
                .isEqualTo(lab.jenkins.url() + "job/p/1/");
        lab.online("n", false);
        lab.awaitBusy("n");
        JsonNode running = lab.admin.json(
                "computer/n/api/json?tree=executors%5BcurrentExecutable%5BdisplayName,number,url,timestamp,estimatedDuration%5D%5D");
        assertThat(running.at("/executors/0/currentExecutable/displayName").asText())
                .matches("p #1 \\([ab]\\)");
        await().until(() -> lab.queue().size() == 1);
        assertThat(lab.result("p")).isEmpty();
        long last = lab.queue().getFirst().get("id").asLong();
        assertThat(lab.admin.post("queue/cancelItem?id=" + last).statusCode()).isEqualTo(204);
        lab.awaitResult("p", "ABORTED");
        assertThat(lab.computer("(built-in)").get("idle").asBoolean()).isTrue();
    }

    @Test
    void onlyAMatrixChildrenNeedExecutors() throws Exception {
        lab.node("n", "x y");
        lab.job(
                "m",
                "<matrix-project><axes><hudson.matrix.LabelAxis><name>label</name><values><string>x</string><string>y</string>"
                        + "</values></hudson.matrix.LabelAxis></axes><builders><hudson.tasks.Shell><command>sleep 0.1</command>"
                        + "</hudson.tasks.Shell></builders></matrix-project>");
        lab.build("m");
        await().until(() -> lab.queue().size() == 2);
        JsonNode items = lab.admin
                .json("queue/api/json?tree=items%5Btask%5Bname,labelExpression%5D%5D")
                .get("items");
        for (JsonNode item : items) {
            assertThat(item.at("/task/_class").asText()).isEqualTo("hudson.matrix.MatrixConfiguration");
            assertThat(item.at("/task/labelExpression").isNull()).isTrue();
        }
        lab.online("n", false);
        lab.awaitResult("m", "SUCCESS");
        assertThat(lab.admin.json("job/m/label=x/1/api/json").get("result").asText())
                .isEqualTo("SUCCESS");
    }

    @Test
    void whatIsCancelledDoesNotRunAndIsGone() throws Exception {
        lab.freestyle("j", "x", "");
        long item = lab.build("j");
        assertThat(lab.admin.post("queue/cancelItem?id=" + item).statusCode()).isEqualTo(204);
        assertThat(lab.queue()).isEmpty();
        assertThat(item(item).get("cancelled").asBoolean()).isTrue();
        assertThat(item(item).get("executable").isNull()).isTrue();
        assertThat(lab.admin.get("queue/item/99999/api/json").statusCode()).isEqualTo(404);
    }

    @Test
    void aControllerThatQuietsDownGivesNothingOut() throws Exception {
        lab.node("n", "x");
        lab.online("n", false);
        lab.freestyle("j", "x", "");
        assertThat(lab.admin.post("quietDown").statusCode()).isEqualTo(302);
        long item = lab.build("j");
        lab.awaitWhy(item, "Jenkins is about to shut down");
        assertThat(lab.admin.json("api/json").get("quietingDown").asBoolean()).isTrue();
        assertThat(lab.computer("n").get("idle").asBoolean()).isTrue();
        assertThat(lab.admin.post("cancelQuietDown").statusCode()).isEqualTo(302);
        lab.awaitResult("j", "SUCCESS");
    }

    @Test
    void parametersMakeItemsDifferent() throws Exception {
        lab.job(
                "j",
                "<project><properties><hudson.model.ParametersDefinitionProperty><parameterDefinitions>"
                        + "<hudson.model.StringParameterDefinition><name>who</name><defaultValue>x</defaultValue>"
                        + "</hudson.model.StringParameterDefinition></parameterDefinitions>"
                        + "</hudson.model.ParametersDefinitionProperty></properties><assignedNode>none</assignedNode></project>");
        assertThat(lab.admin.post("job/j/build").statusCode()).isEqualTo(400);
        for (String who : List.of("a", "b", "a")) {
            assertThat(lab.admin
                            .post("job/j/buildWithParameters", Map.of("who", who))
                            .statusCode())
                    .isEqualTo(201);
        }
        await().until(() -> lab.queue().size() == 2);
        assertThat(lab.queue())
                .extracting(item -> item.get("params").asText())
                .containsExactlyInAnyOrder("\nwho=a", "\nwho=b");
        assertThat(lab.queue().getFirst().at("/actions/0/_class").asText()).isEqualTo("hudson.model.ParametersAction");
    }

    @Test
    void aFailingScriptFails() throws Exception {
        lab.node("n", "x");
        lab.online("n", false);
        lab.freestyle("j", "x", "sleep 0.05; exit 3");
        lab.build("j");
        lab.awaitResult("j", "FAILURE");
        assertThat(lab.admin.json("job/j/api/json").get("color").asText()).isEqualTo("red");
    }

    @Test
    void aRunningBuildCanBeStopped() throws Exception {
        lab.node("n", "x");
        lab.online("n", false);
        lab.pipeline("p", "node('x') { sleep 60 }");
        lab.build("p");
        lab.awaitBusy("n");
        assertThat(lab.admin.post("job/p/1/stop").statusCode()).isEqualTo(302);
        lab.awaitResult("p", "ABORTED");
        assertThat(lab.computer("n").get("idle").asBoolean()).isTrue();
    }
}
