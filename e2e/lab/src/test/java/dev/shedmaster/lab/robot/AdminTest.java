package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.robot.RobotClient.Answer;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lab's own endpoints, for people and for tests in other programs. */
class AdminTest {
    private RobotLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = RobotLab.start();
        lab.robot.rent(321);
        lab.client.authorize("");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private Answer lab(String method, String path, String json) throws Exception {
        return lab.client.send(method, "/lab/" + path, json.isEmpty() ? "" : "application/json", json);
    }

    private JsonNode server() throws Exception {
        return lab("GET", "servers/321", "").json();
    }

    @Test
    void aServerIsInstalledTurnedOffAndOnAndFoundOverSsh() throws Exception {
        String system = "{\"hostname\":\"host-1\",\"authorizedKeys\":[\""
                + lab.visitor.publicKey().line() + " somebody\"]}";
        assertThat(lab("PUT", "servers/321/disk", system).status()).isEqualTo(204);
        lab.clock.advance(RobotLab.TIMES.toDisk());
        JsonNode up = server();
        assertThat(up.path("phase").asText()).isEqualTo("INSTALLED");
        assertThat(up.path("disk").asText()).isEqualTo("host-1");
        InetSocketAddress address = new InetSocketAddress(
                up.at("/ssh/address").asText(), up.at("/ssh/port").asInt());
        assertThat(lab.visitor.run(address, "hostname").output()).isEqualTo("host-1\n");
        assertThat(lab.visitor
                        .run(address, "cat /proc/sys/kernel/random/boot_id")
                        .output()
                        .strip())
                .isEqualTo(up.path("bootId").asText());

        assertThat(lab("POST", "servers/321/cut-power", "").status()).isEqualTo(204);
        assertThat(server().path("phase").asText()).isEqualTo("OFF");
        assertThat(server().path("ssh").isNull()).isTrue();

        assertThat(lab("DELETE", "servers/321/disk", "").status()).isEqualTo(204);
        assertThat(lab("POST", "servers/321/turn-on", "").status()).isEqualTo(204);
        lab.clock.advance(RobotLab.TIMES.toDisk());
        assertThat(server().path("phase").asText()).isEqualTo("NO_SYSTEM");
    }

    @Test
    void theStateTellsWhatWasAskedAndWhatShouldNotHaveBeen() throws Exception {
        lab.client.authorize(RobotClient.basic(RobotOptions.LOGIN, RobotOptions.PASSWORD));
        lab.client.get("/server");
        lab.client.post("/boot/321/rescue", "os=linux");
        lab.client.post("/order/server/transaction", "product_id=RX220");
        lab.client.get("/nonsense");
        JsonNode state = lab("GET", "state", "").json();
        assertThat(state.path("servers")).hasSize(1);
        assertThat(state.at("/servers/0/armed").asText()).isEqualTo("RESCUE");
        assertThat(state.at("/calls/GET ~1server 200").asInt()).isEqualTo(1);
        assertThat(state.at("/calls/something else 404").asInt()).isEqualTo(1);
        assertThat(state.path("costlyCalls")).hasSize(1);
        assertThat(state.at("/costlyCalls/0").asText()).isEqualTo("POST /order/server/transaction");
        assertThat(state.path("blocking").asBoolean(true)).isFalse();
        assertThat(state.path("now").asText()).isEqualTo("2026-11-24T20:45:00Z");
    }

    @Test
    void faultsAreSwitchedOnAndOff() throws Exception {
        lab.client.authorize(RobotClient.basic(RobotOptions.LOGIN, RobotOptions.PASSWORD));
        Answer posted = lab("POST", "faults", "{\"kind\":\"maintenance\",\"call\":\"LIST_SERVERS\",\"times\":2}");
        assertThat(posted.status()).isEqualTo(201);
        assertThat(lab.client.get("/server").status()).isEqualTo(503);
        JsonNode listed = lab("GET", "faults", "").json().get(0);
        assertThat(listed.path("left").asInt()).isEqualTo(1);
        assertThat(listed.path("happened").asInt()).isEqualTo(1);
        assertThat(listed.path("call").asText()).isEqualTo("LIST_SERVERS");
        String id = posted.json().path("id").asText();
        assertThat(lab("DELETE", "faults/" + id, "").status()).isEqualTo(204);
        assertThat(lab("DELETE", "faults/" + id, "").status()).isEqualTo(404);
        assertThat(lab.client.get("/server").status()).isEqualTo(200);
        lab("POST", "faults", "{\"kind\":\"SLOW\",\"byMs\":1000,\"server\":321}");
        assertThat(lab("DELETE", "faults", "").status()).isEqualTo(204);
        assertThat(lab("GET", "faults", "").json()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | nonsense              | ''                      | 404 | Nothing is here: GET /lab/nonsense",
                "GET    | servers/9             | ''                      | 404 | There is no server 9",
                "POST   | servers/321/explode   | ''                      | 404 | Nothing is here",
                "PUT    | servers/321/disk      | {}                      | 400 | hostname: is missing",
                "PUT  | servers/321/disk | {\"hostname\":\"a\",\"authorizedKeys\":[\"x\"]} | 400 | authorizedKeys",
                "PUT    | servers/321/disk      | {\"hostname\":\"a\",\"authorizedKeys\":[7]} | 400 | a list of texts",
                "POST   | faults                | {                       | 400 | no JSON",
                "POST   | faults                | {}                      | 400 | kind: is missing",
                "POST   | faults                | {\"kind\":\"FIRE\"}     | 400 | kind: expected one of",
                "POST   | faults                | {\"kind\":\"SLOW\",\"by\":1} | 400 | by: unknown field",
                "POST   | faults                | {\"kind\":\"SLOW\"}     | 400 | byMs: SLOW needs a time",
                "POST   | faults                | {\"kind\":\"VANISHED\",\"call\":\"RESET\"} | 400 | call: VANISHED",
                "POST   | faults                | {\"kind\":\"SLOW\",\"times\":0} | 400 | times must be at least 1",
                "POST   | faults                | {\"kind\":\"SLOW\",\"call\":\"X\"} | 400 | call: expected one of",
            })
    void whatIsWrongIsNamed(String method, String path, String json, int status, String message) throws Exception {
        Answer answer = lab(method, path, json);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).contains(message);
    }
}
