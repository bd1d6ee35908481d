package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.Phase;
import dev.shedmaster.lab.time.ScaledClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Where servers listen, and that they do so on a clock that nobody moves. */
class SshPlaceTest {

    @Test
    void aServerListensAtTheAddressThatRobotTells() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            DedicatedServer server = lab.inRescue(321);
            String told =
                    lab.client.get("/server/321").json().at("/server/server_ip").asText();
            assertThat(lab.address(server).getAddress().getHostAddress())
                    .isEqualTo(told)
                    .startsWith("127.");
        }
    }

    @Test
    void wherePort22IsTakenItIsAnotherThatStaysTheSame() throws Exception {
        try (RobotLab lab = RobotLab.start();
                ServerSocket squatter = new ServerSocket()) {
            DedicatedServer server = lab.robot.rent(321);
            try {
                squatter.bind(new InetSocketAddress(server.site(), 22));
            } catch (IOException notRoot) {
                // Then the server cannot have it either.
                assertThat(squatter.isBound()).isFalse();
            }
            lab.knowVisitor();
            lab.arm(server);
            lab.clock.advance(RobotLab.TIMES.toRescue());
            InetSocketAddress first = lab.address(server);
            assertThat(first.getPort()).isGreaterThan(1023);
            assertThat(lab.ask(server, "hostname")).isEqualTo("rescue");
            lab.arm(server);
            lab.reset(server, "hw");
            lab.clock.advance(RobotLab.TIMES.toRescue());
            assertThat(lab.address(server)).isEqualTo(first);
        }
    }

    @Test
    void aServerBootsByItselfWhereTimePasses() throws Exception {
        try (RobotStandIn robot = RobotStandIn.start(RobotOptions.of(new ScaledClock(100)));
                RobotClient client = new RobotClient(robot.url());
                SshVisitor visitor = new SshVisitor()) {
            DedicatedServer server = robot.rent(321);
            client.post(
                    "/key",
                    "name=a&data=" + RobotLab.encoded(visitor.publicKey().line()));
            String form = "os=linux&authorized_key="
                    + RobotLab.encoded(visitor.publicKey().md5());
            assertThat(client.post("/boot/321/rescue", form).status()).isEqualTo(200);
            client.post("/reset/321", "type=hw");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> server.power().phase() == Phase.RESCUE);
            InetSocketAddress address = server.power()
                    .door()
                    .map(door -> new InetSocketAddress(door.address(), door.port()))
                    .orElseThrow();
            assertThat(visitor.run(address, "reboot").status()).isZero();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> server.power().phase() == Phase.NO_SYSTEM);
        }
    }
}
