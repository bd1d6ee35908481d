package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.robot.SshVisitor.Visit;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.Phase;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.machine.Chassis;
import dev.shedmaster.lab.robot.machine.RescueFiles;
import dev.shedmaster.lab.time.ScaledClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is a virtual machine: its rescue system, its buttons, and what may happen to it. */
class MachineTest {
    /** Emulated, on a machine that others use, too. */
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @TempDir
    Path folder;

    private RobotStandIn robot;
    private RobotClient client;
    private SshVisitor visitor;
    private DedicatedServer server;

    @BeforeEach
    void start() throws Exception {
        Optional<String> missing = RescueFiles.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        Chassis chassis = Chassis.build(RescueFiles.made(), 1024, List.of(64L << 20, 32L << 20), folder);
        robot = RobotStandIn.start(RobotOptions.of(ScaledClock.real()));
        client = new RobotClient(robot.url());
        visitor = new SshVisitor();
        server = robot.rentMachine(321, chassis);
        client.post(
                "/key",
                "name=visitor&data=" + RobotLab.encoded(visitor.publicKey().line()));
    }

    @AfterEach
    void stop() {
        if (robot != null) {
            visitor.close();
            client.close();
            robot.close();
        }
    }

    @Test
    void itBootsTheRescueSystemIfThatIsArmedAndElseItsDisk() throws Exception {
        awaitPhase(Phase.NO_SYSTEM);
        assertThat(server.power().door()).isEmpty();

        arm();
        reset("hw");
        awaitPhase(Phase.RESCUE);
        Visit first = visit("hostname; lsblk --nodeps --noheadings --output NAME,SERIAL; ls -d /sys/firmware/efi");
        assertThat(first.output().lines().map(line -> line.replaceAll(" +", " ")))
                .contains("rescue", "nvme0n1 LAB0", "nvme1n1 LAB1", "/sys/firmware/efi");
        JsonNode last = client.get("/boot/321/rescue/last").json().path("rescue");
        assertThat(last.path("host_key").findValuesAsText("fingerprint"))
                .hasSize(2)
                .contains(first.hostKey());
        assertThat(last.path("boot_time").asText()).isNotEmpty();
        assertThat(client.get("/boot/321/rescue").json().at("/rescue/active").asBoolean())
                .isFalse();
        try (SshVisitor stranger = new SshVisitor()) {
            assertThatThrownBy(() -> stranger.run(address(), "hostname")).isInstanceOf(SshException.class);
        }

        // Ctrl+Alt+Del leads out of it, since nothing is armed any more.
        reset("sw");
        awaitPhase(Phase.NO_SYSTEM);
    }

    @Test
    void itsPowerMayBeTurnedOffOrLostAndItsDiskKeepsWhatWasWritten() throws Exception {
        arm();
        reset("hw");
        awaitPhase(Phase.RESCUE);
        String hostKey = visit("echo kept | dd of=/dev/nvme0n1 conv=fsync").hostKey();
        server.power().cut();
        assertThat(server.power().isOn()).isFalse();
        assertThatThrownBy(() -> visit("true")).isInstanceOf(AssertionError.class);

        arm();
        robot.post(Fault.once(FaultKind.HANGS_IN_FIRMWARE));
        client.post("/wol/321", "");
        assertThat(server.power().phase()).isEqualTo(Phase.FIRMWARE);
        assertThat(client.get("/boot/321/rescue").json().at("/rescue/active").asBoolean())
                .isTrue();
        reset("hw");
        awaitPhase(Phase.RESCUE);
        assertThat(visit("head -c 5 /dev/nvme0n1")).satisfies(second -> {
            assertThat(second.output()).isEqualTo("kept\n");
            assertThat(second.hostKey()).isNotEqualTo(hostKey);
        });

        // The button asks the system, which goes down in order.
        reset("power");
        awaitPhase(Phase.OFF);
    }

    @Test
    void somebodyElseMayAnswerInItsPlace() throws Exception {
        robot.post(Fault.once(FaultKind.FOREIGN_HOST_KEYS));
        arm();
        reset("hw");
        awaitPhase(Phase.RESCUE);

        assertThatThrownBy(() -> visit("hostname")).isInstanceOf(SshException.class);
        assertThat(visitor.lastHostKey())
                .isNotIn(client.get("/boot/321/rescue/last").json().findValuesAsText("fingerprint"));
    }

    private void arm() throws IOException, InterruptedException {
        String form = "os=linux&authorized_key[]="
                + RobotLab.encoded(visitor.publicKey().md5());
        assertThat(client.post("/boot/321/rescue", form).status()).isEqualTo(200);
    }

    private void reset(String type) throws IOException, InterruptedException {
        assertThat(client.post("/reset/321", "type=" + type).status()).isEqualTo(200);
    }

    private void awaitPhase(Phase phase) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.power().phase()).isEqualTo(phase));
    }

    private InetSocketAddress address() {
        return server.power()
                .door()
                .map(door -> new InetSocketAddress(door.address(), door.port()))
                .orElseThrow(() -> new AssertionError("nothing listens"));
    }

    private Visit visit(String command) throws IOException {
        return visitor.run(address(), command);
    }
}
