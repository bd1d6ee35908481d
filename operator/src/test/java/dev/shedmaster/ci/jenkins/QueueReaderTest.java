package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueReaderTest {
    private static final String STEP =
            "org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution$PlaceholderTask";

    @Test
    void aRecordedQueueIsRead() throws IOException {
        assertThat(Recorded.queue(Recorded.json(Recorded.bytes("queue-tree.json"))))
                .containsExactly(
                        new QueueItem(
                                "hudson.model.Queue$WaitingItem",
                                12,
                                false,
                                Instant.ofEpochMilli(1795355122880L),
                                "In the quiet period. Expires in 4 min 53 sec",
                                "hudson.model.FreeStyleProject",
                                "fs-any",
                                "",
                                null),
                        new QueueItem(
                                "hudson.model.Queue$BuildableItem",
                                11,
                                false,
                                Instant.ofEpochMilli(1795355122870L),
                                "There are no nodes with the label ‘arm64&&kvm’",
                                "hudson.model.FreeStyleProject",
                                "fs-label",
                                "arm64 && kvm",
                                null),
                        step(10, 1795355030630L, "part of pipe3 #1"),
                        step(7, 1795354940185L, "part of pipe2 #1"));
    }

    @Test
    void theDefaultAnswerIsReadAsFarAsItGoes() throws IOException {
        List<QueueItem> items = Recorded.queue(Recorded.json(Recorded.bytes("queue-depth0.json")));
        assertThat(items).extracting(QueueItem::id).containsExactly(12L, 11L, 10L, 7L);
        assertThat(items).extracting(QueueItem::taskName).containsExactly("fs-any", "fs-label", "", "");
    }

    @Test
    void theLabelOfABuildParameterIsSeen() throws IOException {
        List<QueueItem> items = Recorded.queue(Recorded.json("""
                {"items":[{"_class":"hudson.model.Queue$BuildableItem","id":1,
                  "actions":[{"_class":"hudson.model.CauseAction"},{},
                    {"_class":"hudson.model.ParametersAction","parameters":[
                      {"_class":"hudson.model.StringParameterValue"},
                      {"_class":"org.jvnet.jenkins.plugins.nodelabelparameter.LabelParameterValue","label":"arm64"}]}],
                  "task":{"_class":"hudson.model.FreeStyleProject","name":"x","labelExpression":"amd64"}}]}
                """));
        assertThat(items.getFirst().configuredLabel()).isEqualTo("arm64");
    }

    @Test
    void itemsThatMayOnlyBeKnownOfAreCounted() throws IOException {
        assertThat(QueueReader.read(Recorded.json("""
                {"_class":"hudson.model.Queue","discoverableItems":[{"task":{"name":"a"}},{"task":{"name":"b"}}],"items":[]}
                """), item -> {})).isEqualTo(2);
    }

    @Test
    void kindsOfItemsAreToldApart() {
        assertThat(item("hudson.model.Queue$BuildableItem", "hudson.model.FreeStyleProject")
                        .buildable())
                .isTrue();
        assertThat(item("hudson.model.Queue$BlockedItem", "x").buildable()).isFalse();
        assertThat(item("", "org.jenkinsci.plugins.workflow.job.WorkflowJob").flyweight())
                .isTrue();
        assertThat(item("", "hudson.matrix.MatrixProject").flyweight()).isTrue();
        assertThat(item("", "jenkins.branch.OrganizationFolder").flyweight()).isTrue();
        assertThat(item("", "org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject")
                        .flyweight())
                .isTrue();
        assertThat(item("", STEP).flyweight()).isFalse();
        assertThat(item("", "hudson.matrix.MatrixConfiguration").flyweight()).isFalse();
        assertThat(item("", "hudson.matrix.MatrixConfiguration").configuredLabel())
                .isNull();
    }

    @Test
    void anAnswerCutShortAnywhereIsAnError() {
        byte[] whole = Recorded.bytes("queue-tree.json");
        for (int length = 0; length < whole.length - 2; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Recorded.queue(Recorded.json(part)))
                    .as("after %s of %s bytes", part.length, whole.length)
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{}",
                "{\"computer\":[]}",
                "{\"items\":{}}",
                "{\"items\":[1]}",
                "{\"items\":[{\"why\":\"x\"}]}",
                "{\"items\":[{\"id\":{\"id\":1}}]}",
                "<html><body>no</body></html>",
            })
    void whatIsNoQueueIsAnError(String text) {
        assertThatThrownBy(() -> Recorded.queue(Recorded.json(text))).isInstanceOf(IOException.class);
    }

    @Test
    void valuesOfUnexpectedShapeAreTakenAsMissing() throws IOException {
        List<QueueItem> items = Recorded.queue(Recorded.json("""
                {"items":[{"_class":["x"],"id":5,"why":{"a":[1,2]},"pending":"yes","inQueueSince":"never",
                  "task":[],"actions":{"label":"no"},"more":{"id":9}},{"id":6,"task":{"name":{"x":1},"labelExpression":[]}}]}
                """));
        assertThat(items).extracting(QueueItem::id).containsExactly(5L, 6L);
        assertThat(items.getFirst().why()).isNull();
        assertThat(items.getFirst().pending()).isFalse();
    }

    @Test
    void fiftyThousandItemsAreHandedOverOneByOne() throws IOException {
        StringBuilder text = new StringBuilder("{\"items\":[");
        for (int i = 0; i < 50_000; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"_class\":\"hudson.model.Queue$BuildableItem\",\"id\":")
                    .append(i)
                    .append(",\"why\":\"Waiting for next available executor\",\"task\":{\"name\":\"job\"}}");
        }
        long[] sum = new long[1];
        QueueReader.read(
                Recorded.json(text.append("]}").toString().getBytes(StandardCharsets.UTF_8)),
                read -> sum[0] += read.id());
        assertThat(sum[0]).isEqualTo(49_999L * 50_000 / 2);
    }

    private static QueueItem step(long id, long since, String name) {
        return new QueueItem(
                "hudson.model.Queue$BuildableItem",
                id,
                false,
                Instant.ofEpochMilli(since),
                "There are no nodes with the label ‘linux-amd64’",
                STEP,
                name,
                null,
                null);
    }

    private static QueueItem item(String kind, String taskClass) {
        return new QueueItem(kind, 1, false, Instant.EPOCH, null, taskClass, "", "", null);
    }
}
