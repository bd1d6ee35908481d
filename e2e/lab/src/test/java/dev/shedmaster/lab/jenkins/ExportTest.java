package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest {
    private Lab lab;

    @BeforeAll
    void start() throws Exception {
        lab = Lab.swift();
        for (int i = 1; i <= 5; i++) {
            lab.freestyle("j" + i, "x", "");
            lab.build("j" + i);
        }
        lab.node("n-1", "x y");
        lab.node("n-2", "x");
    }

    @AfterAll
    void end() {
        lab.close();
    }

    private JsonNode tree(String path, String tree) throws Exception {
        return lab.admin.json(path + "/api/json?tree=" + Client.segment(tree));
    }

    @Test
    void rangesCutArrays() throws Exception {
        List<String> all = names(tree("queue", "items[task[name]]"));
        assertThat(all).hasSize(5);
        assertThat(names(tree("queue", "items[task[name]]{1,3}"))).isEqualTo(all.subList(1, 3));
        assertThat(names(tree("queue", "items[task[name]]{2,}"))).isEqualTo(all.subList(2, 5));
        assertThat(names(tree("queue", "items[task[name]]{,2}"))).isEqualTo(all.subList(0, 2));
        assertThat(names(tree("queue", "items[task[name]]{4}"))).isEqualTo(all.subList(4, 5));
    }

    private static List<String> names(JsonNode queue) {
        return queue.get("items").findValuesAsText("name");
    }

    @Test
    void unknownNamesAreIgnoredAndClassesAlwaysThere() throws Exception {
        JsonNode queue = tree("queue", "nonsense,items[nothing[at,all]]");
        assertThat(queue.get("_class").asText()).isEqualTo("hudson.model.Queue");
        assertThat(queue.get("items")).hasSize(5);
        assertThat(queue.at("/items/0")).hasSize(1);
        assertThat(queue.at("/items/0/_class").asText()).isEqualTo("hudson.model.Queue$BuildableItem");
    }

    @Test
    void aStarStandsForEveryName() throws Exception {
        assertThat(tree("queue", "items[task[*]]")
                        .at("/items/0/task/labelExpression")
                        .asText())
                .isEqualTo("x");
    }

    @Test
    void depthShowsMore() throws Exception {
        assertThat(lab.admin.json("computer/api/json").at("/computer/1/executors/0"))
                .isEmpty();
        assertThat(lab.admin
                        .json("computer/api/json?depth=1")
                        .at("/computer/1/executors/0/idle")
                        .asBoolean())
                .isTrue();
        assertThat(lab.admin.json("overallLoad/api/json").at("/queueLength")).isEmpty();
        assertThat(lab.admin
                        .json("overallLoad/api/json?depth=2")
                        .at("/queueLength/sec10")
                        .has("latest"))
                .isTrue();
    }

    @Test
    void aMalformedTreeIsRefused() throws Exception {
        assertThat(lab.admin.get("queue/api/json?tree=items%5Bid").statusCode()).isEqualTo(400);
        assertThat(lab.admin.get("queue/api/json?tree=").statusCode()).isEqualTo(400);
    }

    @Test
    void postReadsToo() throws Exception {
        assertThat(lab.admin.post("queue/api/json").statusCode()).isEqualTo(200);
    }

    @Test
    void aLabelEvaluatesExpressionsAgainstNodes() throws Exception {
        JsonNode both = lab.admin.json("label/" + Client.segment("x && !y") + "/api/json");
        assertThat(both.get("name").asText()).isEqualTo("x&&!y");
        assertThat(both.get("nodes").findValuesAsText("nodeName")).containsExactly("n-2");
        JsonNode self = lab.admin.json("label/n-1/api/json");
        assertThat(self.get("_class").asText()).isEqualTo("hudson.model.labels.LabelAtom");
        assertThat(self.has("propertiesList")).isTrue();
        assertThat(self.get("nodes").findValuesAsText("nodeName")).containsExactly("n-1");
    }

    @Test
    void theAnswerIsCompressedForWhoTakesIt() throws Exception {
        var answer = lab.admin.send(lab.admin.request("queue/api/json").header("Accept-Encoding", "gzip"));
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    }
}
