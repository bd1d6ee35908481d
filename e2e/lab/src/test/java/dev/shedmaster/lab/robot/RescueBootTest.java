package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.robot.SshVisitor.Visit;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.Phase;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an armed rescue system to a command that it answers. */
class RescueBootTest {
    private RobotLab lab;

    @BeforeEach
    void start() throws Exception {
        lab = RobotLab.start();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void armingBootsNothingUntilTheServerIsReset() throws Exception {
        DedicatedServer server = lab.robot.rent(321);
        lab.clock.advance(RobotLab.TIMES.toDisk());
        lab.knowVisitor();
        lab.arm(server);
        lab.clock.advance(Duration.ofHours(1));
        assertThat(server.power().phase()).isEqualTo(Phase.NO_SYSTEM);
        JsonNode armed = lab.client.get("/boot/321/rescue").json().path("rescue");
        assertThat(armed.path("active").asBoolean()).isTrue();
        assertThat(armed.path("host_key")).isEmpty();
        assertThat(armed.path("boot_time").isNull()).isTrue();
    }

    @Test
    void theHostKeysAreToldSomeSecondsBeforeSshAnswers() throws Exception {
        DedicatedServer server = lab.robot.rent(321);
        lab.knowVisitor();
        lab.clock.advance(RobotLab.TIMES.toDisk());
        lab.arm(server);
        lab.reset(server, "hw");

        lab.clock.advance(RobotLab.TIMES.firmware());
        JsonNode used = lab.client.get("/boot/321/rescue").json().path("rescue");
        assertThat(used.path("active").asBoolean()).as("a boot uses it up").isFalse();
        assertThat(used.path("host_key")).isEmpty();
        assertThat(used.path("os").isArray()).isTrue();
        assertThat(lab.lastRescue(server).path("host_key")).as("not told yet").isEmpty();
        assertThat(lab.lastRescue(server).path("boot_time").isNull()).isTrue();

        lab.clock.advance(RobotLab.TIMES.rescueStart());
        JsonNode told = lab.lastRescue(server);
        assertThat(told.path("boot_time").asText()).isEqualTo("2026-11-24 21:47:50");
        assertThat(told.path("active").asBoolean()).isFalse();
        assertThat(told.path("host_key"))
                .hasSize(2)
                .allSatisfy(entry ->
                        assertThat(entry.at("/key/fingerprint").asText()).hasSize(43));
        assertThat(server.power().door()).isEmpty();

        lab.clock.advance(RobotLab.TIMES.rescueSshd());
        Visit visit = lab.visitor.run(lab.address(server), "hostname");
        assertThat(visit.output()).isEqualTo("rescue\n");
        assertThat(visit.status()).isZero();
        assertThat(fingerprints(told)).contains(visit.hostKey());
    }

    private static List<String> fingerprints(JsonNode rescue) {
        return StreamSupport.stream(rescue.path("host_key").spliterator(), false)
                .map(entry -> entry.at("/key/fingerprint").asText())
                .toList();
    }

    @Test
    void everyRescueBootHasOtherHostKeysAndAnotherBootId() throws Exception {
        DedicatedServer server = lab.inRescue(321);
        JsonNode first = lab.lastRescue(server);
        String firstBoot = lab.ask(server, "cat /proc/sys/kernel/random/boot_id");
        assertThat(firstBoot).hasSize(36);

        lab.arm(server);
        assertThat(lab.lastRescue(server).path("boot_time").isNull())
                .as("the last activation is the one that waits for its boot")
                .isTrue();
        lab.reset(server, "hw");
        lab.clock.advance(RobotLab.TIMES.toRescue());

        JsonNode second = lab.lastRescue(server);
        assertThat(fingerprints(second)).doesNotContainAnyElementsOf(fingerprints(first));
        assertThat(second.path("boot_time").asText())
                .isGreaterThan(first.path("boot_time").asText());
        assertThat(lab.ask(server, "cat /proc/sys/kernel/random/boot_id")).isNotEqualTo(firstBoot);
    }

    @Test
    void onlyRootWithAKeyThatWasArmedComesIn() throws Exception {
        DedicatedServer server = lab.inRescue(321);
        InetSocketAddress address = lab.address(server);
        try (SshVisitor stranger = new SshVisitor()) {
            assertThatThrownBy(() -> stranger.run(address, "hostname"))
                    .isInstanceOf(SshException.class)
                    .hasMessageContaining("No more authentication methods");
        }
        assertThatThrownBy(() -> lab.visitor.run("admin", address, "hostname")).isInstanceOf(SshException.class);
        assertThat(lab.visitor.run(address, "hostname").status()).isZero();
    }

    @Test
    void theRescueSystemKnowsSomeCommandsAndNoOthers() throws Exception {
        DedicatedServer server = lab.inRescue(321);
        assertThat(lab.ask(server, "uname -m")).isEqualTo("aarch64");
        Visit unknown = lab.visitor.run(lab.address(server), "installimage -a");
        assertThat(unknown.status()).isEqualTo(127);
        assertThat(unknown.error()).isEqualTo("bash: line 1: installimage: command not found\n");
        assertThat(lab.visitor.run(lab.address(server), "hostname -f").status()).isEqualTo(127);
    }

    @Test
    void aRebootFromWithinComesToTheDiskAndIsBlankThere() throws Exception {
        DedicatedServer server = lab.inRescue(321);
        assertThat(lab.visitor.run(lab.address(server), "systemctl reboot").status())
                .isZero();
        assertThat(server.power().phase()).isEqualTo(Phase.SHUTTING_DOWN);
        lab.clock.advance(RobotLab.TIMES.shutdown());
        assertThat(server.power().phase()).isEqualTo(Phase.FIRMWARE);
        lab.clock.advance(Duration.ofHours(1));
        assertThat(server.power().phase()).isEqualTo(Phase.NO_SYSTEM);
        assertThat(server.power().door()).isEmpty();
    }

    @Test
    void whatIsDisarmedIsNotBooted() throws Exception {
        DedicatedServer server = lab.robot.rent(321);
        lab.knowVisitor();
        lab.arm(server);
        assertThat(lab.client
                        .delete("/boot/321/rescue")
                        .json()
                        .at("/rescue/active")
                        .asBoolean(true))
                .isFalse();
        lab.clock.advance(RobotLab.TIMES.toRescue());
        assertThat(server.power().phase()).isEqualTo(Phase.NO_SYSTEM);
    }
}
