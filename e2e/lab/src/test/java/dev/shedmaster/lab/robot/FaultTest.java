package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.robot.RobotClient.Answer;
import dev.shedmaster.lab.robot.call.RobotCall;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.Phase;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every fault does what its name says, as often as it was told to. */
class FaultTest {
    private RobotLab lab;
    private DedicatedServer server;

    @BeforeEach
    void start() throws Exception {
        lab = RobotLab.start();
        server = lab.robot.rent(321);
        lab.robot.rent(322);
        lab.clock.advance(RobotLab.TIMES.firmware());
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void aCallMayTakeEffectWithoutAnAnswer() throws Exception {
        lab.robot.post(Fault.once(FaultKind.LOST_RESPONSE).at(321).on(RobotCall.RESET));
        assertThat(lab.client.get("/reset/321").status()).isEqualTo(200);
        assertThat(lab.client.post("/reset/322", "type=hw").status()).isEqualTo(200);
        assertThatThrownBy(() -> lab.client.post("/reset/321", "type=hw")).isInstanceOf(IOException.class);
        assertThat(server.power().phase()).isEqualTo(Phase.FIRMWARE);
        assertThat(lab.client.post("/reset/321", "type=hw").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /reset/321 type=hw          | 500 RESET_FAILED",
                "POST /wol/321                    | 500 WOL_FAILED",
                "POST /boot/321/rescue os=linux   | 500 BOOT_ACTIVATION_FAILED",
                "DELETE /boot/321/rescue          | 500 BOOT_DEACTIVATION_FAILED",
                "POST /boot/321/linux             | 500 BOOT_ACTIVATION_FAILED",
                "DELETE /boot/321/linux           | 500 BOOT_DEACTIVATION_FAILED",
                "POST /key name=a&data=b          | 500 KEY_CREATE_FAILED",
                "POST /key/00:11 name=a           | 500 KEY_UPDATE_FAILED",
                "DELETE /key/00:11                | 500 KEY_DELETE_FAILED",
                "PUT /rdns/10.0.0.1 ptr=a         | 500 RDNS_CREATE_FAILED",
                "POST /rdns/10.0.0.1 ptr=a        | 500 RDNS_UPDATE_FAILED",
                "DELETE /rdns/10.0.0.1            | 500 RDNS_DELETE_FAILED",
                "GET /server                      | 500 INTERNAL_ERROR",
            })
    void aCallMayFailWithTheCodeThatIsDocumentedForIt(String call, String error) throws Exception {
        lab.robot.post(Fault.once(FaultKind.FAILED));
        assertThat(lab.client.line(call).error()).isEqualTo(error);
        assertThat(server.power().phase()).as("nothing happened").isEqualTo(Phase.NO_SYSTEM);
        assertThat(server.boot().armed()).isEmpty();
        assertThat(lab.client.get("/server").status()).as("only once").isEqualTo(200);
    }

    @Test
    void pagesComeInsteadOfJson() throws Exception {
        lab.robot.post(Fault.once(FaultKind.MAINTENANCE));
        Answer maintained = lab.client.get("/server");
        assertThat(maintained.status()).isEqualTo(503);
        assertThat(maintained.body()).startsWith("<html>");

        lab.robot.post(Fault.always(FaultKind.FORBIDDEN_PAGE).times(2).on(RobotCall.LIST_SERVERS));
        assertThat(lab.client.get("/server/321").status()).isEqualTo(200);
        assertThat(lab.client.get("/server").contentType()).isEqualTo("text/html");
        assertThat(lab.client.get("/server").status()).isEqualTo(403);
        assertThat(lab.client.get("/server").status()).isEqualTo(200);

        lab.robot.post(Fault.once(FaultKind.RATE_LIMITED).lasting(Duration.ofSeconds(90)));
        Answer limited = lab.client.get("/server");
        assertThat(limited.error()).isEqualTo("403 RATE_LIMIT_EXCEEDED");
        assertThat(limited.json().at("/error/interval").asInt()).isEqualTo(90);
    }

    @Test
    void anAnswerMayBeLate() throws Exception {
        lab.robot.post(Fault.once(FaultKind.SLOW).lasting(Duration.ofSeconds(20)));
        CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> {
            try {
                return lab.client.get("/server").status();
            } catch (IOException | InterruptedException failed) {
                throw new CompletionException(failed);
            }
        });
        Awaitility.await().until(() -> lab.robot.faults().list().isEmpty());
        lab.clock.advance(Duration.ofSeconds(19));
        assertThat(late).isNotDone();
        // The call plans its end after it was struck, perhaps only now.
        Awaitility.await().until(() -> {
            lab.clock.advance(Duration.ofSeconds(1));
            return late.isDone();
        });
        assertThat(late.get(1, TimeUnit.SECONDS)).isEqualTo(200);
    }

    @Test
    void aServerMayVanishFromRobotAndGoOnRunning() throws Exception {
        String id = lab.robot.post(Fault.always(FaultKind.VANISHED).at(321));
        assertThat(lab.client.get("/server/321").error()).isEqualTo("404 SERVER_NOT_FOUND");
        assertThat(lab.client.get("/boot/321/rescue").error()).isEqualTo("404 SERVER_NOT_FOUND");
        assertThat(lab.client.post("/reset/321", "type=hw").error()).isEqualTo("404 SERVER_NOT_FOUND");
        assertThat(lab.client.get("/server").json()).hasSize(1);
        assertThat(server.power().isOn()).isTrue();
        lab.robot.faults().clear(id);
        assertThat(lab.client.get("/server").json()).hasSize(2);
        lab.robot.post(Fault.always(FaultKind.VANISHED));
        assertThat(lab.client.get("/server").error()).isEqualTo("404 SERVER_NOT_FOUND");
        assertThat(lab.client.get("/reset").error()).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void whatRobotTellsOfAServerMayBeWrong() throws Exception {
        lab.robot.post(Fault.always(FaultKind.NO_SERVER_IP).at(321));
        lab.robot.post(Fault.once(FaultKind.RESCUE_FLAG_FALSE).at(321));
        JsonNode told = lab.client.get("/server/321").json().path("server");
        assertThat(told.path("server_ip").isNull()).isTrue();
        assertThat(told.path("rescue").asBoolean(true)).isFalse();
        assertThat(lab.client.post("/boot/321/rescue", "os=linux").status())
                .as("armed all the same")
                .isEqualTo(200);
        assertThat(lab.client.get("/server/321").json().at("/server/rescue").asBoolean())
                .isTrue();
        assertThat(lab.client.get("/ip").json()).hasSize(1);
    }

    @Test
    void aServerMayHaveNoResetOrNoneBySoftware() throws Exception {
        lab.robot.post(Fault.always(FaultKind.NO_SOFTWARE_RESET).at(321));
        assertThat(lab.client.get("/reset/321").json().at("/reset/type"))
                .extracting(JsonNode::asText)
                .containsExactly("hw", "man");
        assertThat(lab.client.post("/reset/321", "type=sw").error()).isEqualTo("400 INVALID_INPUT");
        assertThat(lab.client.post("/reset/322", "type=sw").status()).isEqualTo(200);
        lab.robot.post(Fault.once(FaultKind.RESET_NOT_AVAILABLE).at(321));
        assertThat(lab.client.post("/reset/321", "type=hw").error()).isEqualTo("404 RESET_NOT_AVAILABLE");
        lab.robot.post(Fault.once(FaultKind.RESET_NOT_AVAILABLE).at(321));
        assertThat(lab.client.get("/reset").json()).hasSize(1);
    }

    @Test
    void armingAnewMayBeRefused() throws Exception {
        lab.robot.post(Fault.always(FaultKind.BOOT_ALREADY_ENABLED));
        assertThat(lab.client.post("/boot/321/rescue", "os=linux").status()).isEqualTo(200);
        assertThat(lab.client.post("/boot/321/rescue", "os=linux").error()).isEqualTo("409 BOOT_ALREADY_ENABLED");
        assertThat(lab.client.delete("/boot/321/rescue").status()).isEqualTo(200);
        assertThat(lab.client.post("/boot/321/rescue", "os=linux").status()).isEqualTo(200);
    }

    @Test
    void theLastRescueMayBeAnEarlierOne() throws Exception {
        lab.knowVisitor();
        lab.robot.post(Fault.always(FaultKind.STALE_RESCUE_LAST).at(321));
        rescue();
        JsonNode first = lab.lastRescue(server);
        assertThat(first.path("host_key")).as("there is no earlier one").hasSize(2);
        rescue();
        assertThat(lab.lastRescue(server)).isEqualTo(first);
        lab.robot.faults().clear();
        assertThat(lab.lastRescue(server).path("boot_time")).isNotEqualTo(first.path("boot_time"));
    }

    private void rescue() throws Exception {
        lab.arm(server);
        lab.reset(server, "hw");
        lab.clock.advance(RobotLab.TIMES.toRescue());
        assertThat(server.power().phase()).isEqualTo(Phase.RESCUE);
    }

    @Test
    void theNetworkBootMayBeIgnoredAndStaysArmed() throws Exception {
        lab.knowVisitor();
        lab.robot.post(Fault.once(FaultKind.NETBOOT_IGNORED));
        lab.reset(server, "hw");
        lab.clock.advance(RobotLab.TIMES.toRescue());
        assertThat(lab.robot.faults().list())
                .as("nothing was armed that could be ignored")
                .hasSize(1);
        lab.arm(server);
        lab.reset(server, "hw");
        lab.clock.advance(RobotLab.TIMES.toRescue());
        assertThat(server.power().phase()).isEqualTo(Phase.NO_SYSTEM);
        assertThat(server.boot().armed()).isPresent();
        lab.reset(server, "hw");
        lab.clock.advance(RobotLab.TIMES.toRescue());
        assertThat(server.power().phase()).isEqualTo(Phase.RESCUE);
    }

    @Test
    void aFirmwareMayHangUntilTheNextReset() throws Exception {
        lab.knowVisitor();
        lab.arm(server);
        lab.robot.post(Fault.once(FaultKind.HANGS_IN_FIRMWARE));
        lab.reset(server, "hw");
        lab.clock.advance(Duration.ofHours(1));
        assertThat(server.power().phase()).isEqualTo(Phase.FIRMWARE);
        assertThat(server.boot().armed()).isPresent();
        lab.reset(server, "hw");
        lab.clock.advance(RobotLab.TIMES.toRescue());
        assertThat(server.power().phase()).isEqualTo(Phase.RESCUE);
    }

    @Test
    void sshMayBeRefusedForSomeTimeAfterTheKeysWereTold() throws Exception {
        lab.knowVisitor();
        lab.robot.post(Fault.once(FaultKind.SSHD_LATE).at(321).lasting(Duration.ofSeconds(30)));
        lab.arm(server);
        lab.reset(server, "hw");
        lab.clock.advance(RobotLab.TIMES.toRescue().plusSeconds(29));
        assertThat(lab.lastRescue(server).path("host_key")).hasSize(2);
        assertThat(server.power().door()).isEmpty();
        lab.clock.advance(Duration.ofSeconds(1));
        assertThat(lab.ask(server, "hostname")).isEqualTo("rescue");
    }

    @Test
    void somebodyElseMayAnswer() throws Exception {
        lab.knowVisitor();
        lab.robot.post(Fault.once(FaultKind.FOREIGN_HOST_KEYS));
        rescue();
        assertThat(hostKeysTold())
                .doesNotContain(lab.visitor.run(lab.address(server), "hostname").hostKey());
        rescue();
        assertThat(hostKeysTold())
                .contains(lab.visitor.run(lab.address(server), "hostname").hostKey());
    }

    private List<String> hostKeysTold() throws Exception {
        return lab.lastRescue(server).findValuesAsText("fingerprint");
    }

    @Test
    void theCommandHostnameMayHang() throws Exception {
        lab.knowVisitor();
        rescue();
        lab.robot.post(Fault.once(FaultKind.HOSTNAME_HANGS).at(321));
        try (ClientSession session = lab.visitor.enter("root", lab.address(server));
                ChannelExec hanging = session.createExecChannel("hostname");
                ChannelExec other = session.createExecChannel("uname -m")) {
            hanging.open().verify(Duration.ofSeconds(10));
            Awaitility.await().until(() -> lab.robot.faults().list().isEmpty());
            other.open().verify(Duration.ofSeconds(10));
            other.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ofSeconds(10));
            assertThat(other.getExitStatus()).isZero();
            lab.clock.advance(Duration.ofHours(1));
            assertThat(hanging.getExitStatus()).isNull();
            assertThat(hanging.isClosed()).isFalse();
        }
        assertThat(lab.ask(server, "hostname")).isEqualTo("rescue");
    }
}
