package dev.shedmaster.lab.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabSiteTest {
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.swift();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({"freestyle,1,20", "pipeline,2,40"})
    void manyJobsAreOrderedAtOnceAndTheirHistoryKept(String kind, int branches, int steps) throws Exception {
        lab.node("n", "x");
        lab.online("n", false);
        HttpResponse<String> answer = lab.admin.postJson(
                "lab/jobs",
                "{\"name\":\"burst\",\"count\":20,\"label\":\"x\",\"kind\":\"" + kind
                        + "\",\"durationMs\":5,\"branches\":" + branches + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode order = new ObjectMapper().readTree(answer.body());
        assertThat(order.get("count").asInt()).isEqualTo(20);
        assertThat(order.get("lastItem").asLong() - order.get("firstItem").asLong())
                .isEqualTo(19);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> lab.admin
                                .json("lab/state?work=false")
                                .at("/builds/succeeded")
                                .asInt()
                        == steps);
        JsonNode work = lab.admin.json("lab/state").get("work");
        assertThat(work).hasSize(steps).allSatisfy(one -> {
            assertThat(one.get("job").asText()).isEqualTo("burst");
            assertThat(one.get("kind").asText()).isEqualTo(kind);
            assertThat(one.get("label").asText()).isEqualTo("x");
            assertThat(one.get("node").asText()).isEqualTo("n");
            assertThat(one.get("result").asText()).isEqualTo("SUCCESS");
            assertThat(one.get("buildableAt").asLong())
                    .isGreaterThanOrEqualTo(one.get("queuedAt").asLong());
            assertThat(one.get("startedAt").asLong())
                    .isGreaterThanOrEqualTo(one.get("buildableAt").asLong());
            assertThat(one.get("finishedAt").asLong())
                    .isGreaterThanOrEqualTo(one.get("startedAt").asLong());
        });
        assertThat(lab.admin.json("lab/state?work=false").has("work")).isFalse();
    }

    @Test
    void aThrottledJobsOtherBuildsAreBlocked() throws Exception {
        lab.job(
                "j",
                "<project><concurrentBuild>true</concurrentBuild><properties>"
                        + "<hudson.plugins.throttleconcurrents.ThrottleJobProperty><maxConcurrentTotal>1</maxConcurrentTotal>"
                        + "</hudson.plugins.throttleconcurrents.ThrottleJobProperty>"
                        + "<hudson.model.ParametersDefinitionProperty><parameterDefinitions>"
                        + "<hudson.model.StringParameterDefinition><name>n</name><defaultValue/>"
                        + "</hudson.model.StringParameterDefinition></parameterDefinitions>"
                        + "</hudson.model.ParametersDefinitionProperty></properties><assignedNode>x</assignedNode></project>");
        for (int i = 0; i < 3; i++) {
            assertThat(lab.admin
                            .post("job/j/buildWithParameters?delay=0sec&n=" + i)
                            .statusCode())
                    .isEqualTo(201);
        }
        await().until(() -> {
            JsonNode queue = lab.admin.json("lab/state?work=false").get("queue");
            return queue.get("buildable").asInt() == 1 && queue.get("blocked").asInt() == 2;
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | name: is missing",
                "{\"name\":\"b\",\"count\":0} | count: expected 1 to",
                "{\"name\":\"b\",\"kind\":\"maven\"} | kind: expected one of",
                "{\"name\":\"b\",\"durationMs\":-1} | durationMs: expected 0 or more",
                "{\"name\":\"b\",\"lable\":\"x\"} | lable: unknown field",
                "nonsense | the body is not JSON"
            })
    void aWrongOrderIsRefusedWithTheFieldAndWhatWasExpected(String order, String message) throws Exception {
        HttpResponse<String> answer = lab.admin.postJson("lab/jobs", order);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
        assertThat(lab.admin.json("api/json").get("jobs")).isEmpty();
    }

    @Test
    void anOrderForAJobThatExistsChangesNothing() throws Exception {
        lab.freestyle("taken", "x", "");
        HttpResponse<String> answer = lab.admin.postJson("lab/jobs", "{\"name\":\"taken\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("name: there is a job 'taken' already");
        assertThat(lab.queue()).isEmpty();
    }
}
