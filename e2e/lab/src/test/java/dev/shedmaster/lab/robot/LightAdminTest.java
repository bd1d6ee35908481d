package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.agent.RecordedAgents;
import dev.shedmaster.lab.robot.RobotClient.Answer;
import dev.shedmaster.lab.robot.estate.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lab's own endpoints, of light hosts. */
class LightAdminTest {
    private LightLab light;

    @BeforeEach
    void boot() throws Exception {
        light = new LightLab(new RecordedAgents()).installed();
        light.start(OrderTar.container(LightLab.NAME));
    }

    @AfterEach
    void stop() {
        light.close();
    }

    private Answer admin(String method, String path, String json) throws Exception {
        return light.lab.client.send(method, "/lab/servers/321" + path, json.isEmpty() ? "" : "application/json", json);
    }

    private JsonNode worker() throws Exception {
        return admin("GET", "", "").json().path("workers").get(0);
    }

    @Test
    void workersAreSeenAndUseMemoryAndAreKilled() throws Exception {
        assertThat(worker().path("name").asText()).isEqualTo(LightLab.NAME);
        assertThat(worker().path("cpuPercent").asInt()).isEqualTo(400);
        assertThat(worker().path("memoryBytes").asLong()).isEqualTo(8L << 30);

        assertThat(admin("PUT", "/workers/" + LightLab.NAME, "{\"memoryMib\":1024}")
                        .status())
                .isEqualTo(204);
        assertThat(worker().path("memoryBytes").asLong()).isEqualTo(1L << 30);
        assertThat(worker().path("memoryLimit").asLong()).isEqualTo(8L << 30);

        assertThat(admin("DELETE", "/workers/" + LightLab.NAME, "").status()).isEqualTo(204);
        assertThat(worker().path("state").asText()).isEmpty();
        assertThat(light.unit().path("status").asText()).isEqualTo("KILL");
    }

    @Test
    void aKernelHangs() throws Exception {
        assertThat(admin("POST", "/hang", "").status()).isEqualTo(204);
        assertThat(light.server.power().phase()).isEqualTo(Phase.HUNG);
        assertThat(admin("GET", "", "").json().path("workers")).isEmpty();
    }

    @Test
    void aDiskGetsAMark() throws Exception {
        String json = "{\"hostname\":\"other\",\"authorizedKeys\":[],\"owner\":\"t2 ci/other\",\"generation\":\"g9\"}";
        assertThat(admin("PUT", "/disk", json).status()).isEqualTo(204);
        assertThat(light.server.disk())
                .hasValueSatisfying(os -> assertThat(os.owner()).isEqualTo("t2 ci/other"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /workers/sm-arm-abcdefgh | {}                 | 400 | memoryMib: expected a number above 0",
                "PUT    | /workers/sm-arm-abcdefgh | {\"memory\":1}     | 400 | memory: unknown field",
                "PUT    | /workers/sm-arm-bbbbbbbb | {\"memoryMib\":1}  | 404 | No worker sm-arm-bbbbbbbb runs",
                "DELETE | /workers/sm-arm-bbbbbbbb | ''                 | 404 | No worker sm-arm-bbbbbbbb runs",
            })
    void whatIsWrongIsNamed(String method, String path, String json, int status, String message) throws Exception {
        Answer answer = admin(method, path, json);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).contains(message);
    }
}
