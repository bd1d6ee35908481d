package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.jenkins.controller.WorkRecord;
import dev.shedmaster.lab.jenkins.fault.Fault;
import dev.shedmaster.lab.jenkins.fault.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a restart of the controller does to a Pipeline's step that is on an agent. */
class RestartTest {
    private static final Duration PATIENT = Duration.ofMinutes(5);

    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        begin(PATIENT);
    }

    @AfterEach
    void end() {
        lab.close();
    }

    /** A node with the label x, and one that keeps the controller from saying nothing of labels. */
    private void begin(Duration patience) throws Exception {
        JenkinsOptions swift = JenkinsOptions.swiftAmongOthers();
        lab = new Lab(swift.with(swift.settings().withLostAgentTimeout(patience)));
        lab.node("anchor", "other");
        lab.node("n", "x");
    }

    private void beginAnew(Duration patience) throws Exception {
        lab.close();
        begin(patience);
    }

    private void restart() {
        lab.jenkins.faults().inject(new Fault.Restart(Duration.ofMillis(100)), Scope.everything());
        await().until(() -> lab.admin.get("queue/api/json").statusCode() == 200);
    }

    /** Has a Pipeline's step run on the node; its item's number. */
    private long step(String job, String sleep) throws Exception {
        lab.pipeline(job, "node('x') { sh 'sleep " + sleep + "' }");
        lab.build(job);
        await().until(() -> records(job).stream().anyMatch(record -> record.startedAt() > 0));
        return record(job).queueId();
    }

    private List<WorkRecord> records(String job) {
        return lab.jenkins.controller().lab().work().stream()
                .filter(work -> work.task().job().name().equals(job))
                .toList();
    }

    /** What the lab remembers of a job that asked for an executor once. */
    private WorkRecord record(String job) {
        assertThat(records(job)).hasSize(1);
        return records(job).getFirst();
    }

    /** The one item of the queue. */
    private JsonNode item() throws Exception {
        await().until(() -> lab.queue().size() == 1
                && lab.queue().getFirst().get("buildable").asBoolean());
        return lab.admin
                .json("queue/api/json?tree=items%5Bid,buildable,why,task%5Bname%5D%5D")
                .get("items")
                .get(0);
    }

    private void awaitConnected() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> lab.jenkins.controller().agents().isConnected("n"));
    }

    private void markOffline() throws Exception {
        lab.admin.post("computer/n/changeOfflineCause", Map.of("offlineMessage", "drain"));
    }

    @Test
    void itsExecutorIsEmptyAndAnItemNamesItsNode() throws Exception {
        lab.online("n", true);
        long before = step("p", "60");
        lab.node("m", "x");
        restart();
        assertThat(lab.computer("n").get("idle").asBoolean()).isTrue();
        JsonNode item = item();
        assertThat(item.get("id").asLong()).isGreaterThan(before);
        assertThat(item.at("/task/name").asText()).isEqualTo("part of p #1");
        assertThat(item.get("why").asText()).isEqualTo("‘n’ is offline");
        assertThat(lab.result("p")).isEmpty();
        assertThat(record("p").stage()).isEqualTo(WorkRecord.Stage.RUNNING);
    }

    @Test
    void itGoesOnWhenItsAgentIsBackBeforeWhatHasWaitedLonger() throws Exception {
        lab.online("n", false);
        step("p", "10");
        lab.freestyle("longer", "x", "");
        long waiting = lab.build("longer");
        lab.awaitWhy(waiting, "Waiting for next available executor on ‘n’");
        restart();
        lab.awaitOnline("n");
        lab.awaitBusy("n");
        assertThat(lab.admin
                        .json("computer/n/api/json?tree=executors%5BcurrentExecutable%5BfullDisplayName%5D%5D")
                        .at("/executors/0/currentExecutable/fullDisplayName")
                        .asText())
                .isEqualTo("p #1");
        lab.awaitResult("p", "SUCCESS");
        lab.awaitResult("longer", "SUCCESS");
        assertThat(record("p").stage()).isEqualTo(WorkRecord.Stage.SUCCEEDED);
        assertThat(record("longer").startedAt())
                .isGreaterThanOrEqualTo(record("p").finishedAt());
        assertThat(lab.queue()).isEmpty();
    }

    @Test
    void whileItsNodeIsBusyItWaitsForItsExecutor() throws Exception {
        lab.admin.postXml("computer/n/config.xml", Documents.node("n", "x", "NORMAL", 2));
        lab.online("n", false);
        step("p", "14");
        step("q", "10");
        lab.admin.postXml("computer/n/config.xml", Documents.node("n", "x", "NORMAL", 1));
        restart();
        lab.awaitOnline("n");
        lab.awaitBusy("n");
        assertThat(item().get("why").asText()).isEqualTo("Waiting for next available executor on ‘n’");
        lab.awaitResult("p", "SUCCESS");
        lab.awaitResult("q", "SUCCESS");
    }

    @Test
    void theMarkOfItsNodeSurvivesAndKeepsItWaitingUntilItIsAborted() throws Exception {
        beginAnew(Duration.ofSeconds(6));
        lab.online("n", false);
        step("p", "60");
        markOffline();
        restart();
        awaitConnected();
        JsonNode computer = lab.computer("n");
        assertThat(computer.get("temporarilyOffline").asBoolean()).isTrue();
        assertThat(computer.get("offlineCauseReason").asText()).isEqualTo("drain");
        assertThat(computer.get("idle").asBoolean()).isTrue();
        assertThat(item().get("why").asText()).isEqualTo("‘n’ is offline");
        assertThat(lab.result("p")).isEmpty();
        lab.awaitResult("p", "ABORTED");
        assertThat(lab.queue()).isEmpty();
        assertThat(record("p").stage()).isEqualTo(WorkRecord.Stage.ABORTED);
        assertThat(lab.admin.json("job/p/1/api/json").get("duration").asLong()).isGreaterThanOrEqualTo(6000);
    }

    @Test
    void whenTheMarkIsLiftedInTimeItGoesOnAndHearsWhatEndedMeanwhile() throws Exception {
        lab.online("n", false);
        step("p", "6");
        markOffline();
        restart();
        restart();
        awaitConnected();
        await().until(() -> System.currentTimeMillis() > record("p").startedAt() + 6500);
        assertThat(lab.result("p")).isEmpty();
        long lifted = System.currentTimeMillis();
        lab.admin.post("computer/n/toggleOffline");
        lab.awaitResult("p", "SUCCESS");
        assertThat(record("p").finishedAt()).as("it did not begin anew").isBetween(lifted, lifted + 5900);
    }

    @Test
    void anAgentThatDoesNotKnowItAnyMoreFailsIt() throws Exception {
        lab.online("n", true);
        step("p", "60");
        restart();
        lab.online("n", true);
        lab.awaitResult("p", "FAILURE");
    }

    @Test
    void aNodeThatWasDeletedIsGoneAndAwaitedInVain() throws Exception {
        beginAnew(Duration.ofSeconds(3));
        lab.online("n", true);
        step("p", "60");
        lab.admin.post("computer/n/doDelete");
        restart();
        assertThat(lab.admin.get("computer/n/api/json").statusCode()).isEqualTo(404);
        assertThat(item().get("why").asText()).isEqualTo("There are no nodes with the label ‘n’");
        lab.awaitResult("p", "ABORTED");
    }

    @Test
    void itsBuildCanBeStoppedWhileItWaits() throws Exception {
        lab.online("n", true);
        step("p", "60");
        restart();
        item();
        lab.admin.post("job/p/1/stop");
        lab.awaitResult("p", "ABORTED");
        assertThat(lab.queue()).isEmpty();
    }
}
