package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.lab.robot.SshVisitor.Visit;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.Phase;
import dev.shedmaster.lab.robot.estate.ServerSpec;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.session.ClientSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server's buttons, its disk, and the power that may fail. */
class PowerTest {
    private RobotLab lab;
    private DedicatedServer server;
    private InstalledOs os;

    @BeforeEach
    void start() throws Exception {
        lab = RobotLab.start();
        server = lab.robot.rent(address -> ServerSpec.ax41(321, address));
        os = InstalledOs.fresh("host-1", List.of(lab.visitor.publicKey()));
        lab.robot.account().locked(() -> server.install(os));
        lab.clock.advance(RobotLab.TIMES.toDisk());
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void theInstalledSystemKeepsItsHostKeysOverAllBoots() throws Exception {
        List<String> own =
                os.hostKeys().publicKeys().stream().map(PublicKeyText::sha256).toList();
        Visit first = lab.visitor.run(lab.address(server), "hostname");
        assertThat(first.output()).isEqualTo("host-1\n");
        assertThat(own).contains(first.hostKey());
        String bootId = lab.ask(server, "cat /proc/sys/kernel/random/boot_id");

        lab.reset(server, "hw");
        assertThat(server.power().door()).as("at once").isEmpty();
        lab.clock.advance(RobotLab.TIMES.toDisk());

        assertThat(lab.visitor.run(lab.address(server), "uname -m")).satisfies(second -> {
            assertThat(second.output()).isEqualTo("x86_64\n");
            assertThat(second.hostKey()).isEqualTo(first.hostKey());
        });
        assertThat(lab.ask(server, "cat /proc/sys/kernel/random/boot_id")).isNotEqualTo(bootId);
    }

    /** From a state, a reset; the phase at once, and the one in which all ends. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "running  | sw         | SHUTTING_DOWN | INSTALLED",
                "running  | hw         | FIRMWARE      | INSTALLED",
                "running  | power      | SHUTTING_DOWN | OFF",
                "running  | power_long | OFF           | OFF",
                "running  | man        | INSTALLED     | INSTALLED",
                "off      | sw         | OFF           | OFF",
                "off      | hw         | OFF           | OFF",
                "off      | power      | FIRMWARE      | INSTALLED",
                "off      | power_long | OFF           | OFF",
                "off      | man        | OFF           | INSTALLED",
                "firmware | sw         | FIRMWARE      | INSTALLED",
                "firmware | hw         | FIRMWARE      | INSTALLED",
                "firmware | power      | OFF           | OFF",
                "starting | sw         | SHUTTING_DOWN | INSTALLED",
                "starting | power      | SHUTTING_DOWN | OFF",
                "deaf     | sw         | INSTALLED     | INSTALLED",
                "deaf     | power      | INSTALLED     | INSTALLED",
                "deaf     | hw         | FIRMWARE      | INSTALLED",
            })
    void eachResetDoesWhatItsButtonDoes(String state, String type, Phase atOnce, Phase atLast) throws Exception {
        switch (state) {
            case "off" -> server.power().cut();
            case "firmware" -> lab.reset(server, "hw");
            case "starting" -> {
                lab.reset(server, "hw");
                lab.clock.advance(RobotLab.TIMES.firmware());
            }
            case "deaf" -> lab.robot.post(Fault.once(FaultKind.SOFTWARE_RESET_IGNORED));
            default -> assertThat(server.power().phase()).isEqualTo(Phase.INSTALLED);
        }
        lab.reset(server, type);
        assertThat(server.power().phase()).isEqualTo(atOnce);
        lab.clock.advance(Duration.ofHours(1));
        assertThat(server.power().phase()).isEqualTo(atLast);
    }

    @Test
    void robotTellsWhetherTheServerRuns() throws Exception {
        assertThat(operatingStatus(321)).isEqualTo("running");
        server.power().cut();
        assertThat(operatingStatus(321)).isEqualTo("shut off");
        assertThat(lab.client.post("/wol/321", "").status()).isEqualTo(200);
        assertThat(operatingStatus(321)).isEqualTo("running");
        lab.robot.rent(400);
        assertThat(operatingStatus(400)).isEqualTo("not supported");
    }

    private String operatingStatus(int number) throws Exception {
        return lab.client
                .get("/reset/" + number)
                .json()
                .at("/reset/operating_status")
                .asText();
    }

    @Test
    void nothingIsResetWhileATechnicianIsOnTheWay() throws Exception {
        lab.reset(server, "man");
        assertThat(lab.client.post("/reset/321", "type=hw").error()).isEqualTo("409 RESET_MANUAL_ACTIVE");
        lab.clock.advance(RobotLab.TIMES.technician());
        assertThat(server.power().phase()).isEqualTo(Phase.FIRMWARE);
        lab.reset(server, "hw");
    }

    @Test
    void whoeverIsLoggedInIsThrownOutWhenThePowerFails() throws Exception {
        InetSocketAddress address = lab.address(server);
        try (ClientSession session = lab.visitor.enter("root", address)) {
            server.power().cut();
            Awaitility.await().until(session::isClosed);
        }
        assertThatThrownBy(() -> lab.visitor.run(address, "hostname")).isInstanceOf(IOException.class);
        lab.clock.advance(Duration.ofHours(1));
        assertThat(server.power().phase()).as("it stays off").isEqualTo(Phase.OFF);
        server.power().turnOn();
        lab.clock.advance(RobotLab.TIMES.toDisk());
        assertThat(lab.address(server)).as("the same port").isEqualTo(address);
        assertThat(lab.ask(server, "hostname")).isEqualTo("host-1");
    }

    @Test
    void thePowerMayFailAtAnyMomentOfARescueBoot() throws Exception {
        lab.knowVisitor();
        Duration step = Duration.ofSeconds(5);
        Duration whole = RobotLab.TIMES.toRescue();
        for (Duration at = Duration.ZERO; at.compareTo(whole) < 0; at = at.plus(step)) {
            lab.arm(server);
            lab.reset(server, "hw");
            lab.clock.advance(at);
            boolean isUsed = server.boot().armed().isEmpty();
            server.power().cut();
            lab.clock.advance(whole);
            assertThat(server.power().phase()).as("cut after %s", at).isEqualTo(Phase.OFF);
            assertThat(isUsed).isEqualTo(at.compareTo(RobotLab.TIMES.firmware()) >= 0);
            server.power().turnOn();
            lab.clock.advance(whole);
            assertThat(server.power().phase()).isEqualTo(isUsed ? Phase.INSTALLED : Phase.RESCUE);
        }
    }

    @Test
    void anInstallationThatNobodyAttendsWritesTheDiskAndBootsIt() throws Exception {
        DedicatedServer blank = lab.robot.rent(400);
        lab.knowVisitor();
        String form = "dist=Ubuntu+24.04+LTS+base&lang=en&authorized_key[]="
                + RobotLab.encoded(lab.visitor.publicKey().md5());
        assertThat(lab.client.post("/boot/400/linux", form).status()).isEqualTo(200);
        lab.clock.advance(RobotLab.TIMES.firmware());
        assertThat(blank.power().phase()).isEqualTo(Phase.INSTALLING);
        assertThat(lab.client.get("/boot/400/linux").json().at("/linux/active").asBoolean(true))
                .isFalse();
        lab.clock.advance(RobotLab.TIMES.installation().plus(RobotLab.TIMES.toDisk()));
        Visit visit = lab.visitor.run(lab.address(blank), "hostname");
        assertThat(visit.output()).isEqualTo("server-400\n");
        assertThat(lab.client.get("/boot/400/linux/last").json().at("/linux/host_key"))
                .anySatisfy(
                        key -> assertThat(key.at("/key/fingerprint").asText()).isEqualTo(visit.hostKey()));
    }

    @Test
    void anInstallationThatIsCutOffLeavesTheDiskBlank() throws Exception {
        assertThat(lab.client
                        .post("/boot/321/linux", "dist=Debian+12+base&lang=en")
                        .status())
                .isEqualTo(200);
        lab.reset(server, "hw");
        lab.clock.advance(RobotLab.TIMES.firmware().plusSeconds(1));
        server.power().cut();
        server.power().turnOn();
        lab.clock.advance(Duration.ofHours(1));
        assertThat(server.power().phase()).isEqualTo(Phase.NO_SYSTEM);
    }
}
