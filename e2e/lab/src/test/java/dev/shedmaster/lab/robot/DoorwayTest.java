package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.lab.agent.RecordedAgents;
import dev.shedmaster.lab.robot.estate.Phase;
import dev.shedmaster.lab.robot.estate.ResetType;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose system runs, and cannot be reached. */
class DoorwayTest {
    private static final int MOMENT_MILLIS = 300;

    private final RecordedAgents agents = new RecordedAgents();
    private LightLab light;
    private InetSocketAddress address;

    @BeforeEach
    void boot() throws Exception {
        light = new LightLab(agents).installed();
        address = light.lab.address(light.server);
    }

    @AfterEach
    void stop() {
        light.close();
    }

    private void connect() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(address, MOMENT_MILLIS);
        }
    }

    @Test
    void sshdMayRefuseWhileTheSystemRuns() throws Exception {
        String boot = light.list().path("bootId").asText();
        String fault = light.lab.robot.post(Fault.always(FaultKind.SSHD_REFUSES).at(321));
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        assertThat(light.server.power().phase()).isEqualTo(Phase.INSTALLED);
        light.lab.robot.faults().clear(fault);
        assertThat(light.list().path("bootId").asText()).isEqualTo(boot);
    }

    @Test
    void packetsMayGetLostWhileTheSystemRuns() throws Exception {
        assertThat(light.start(OrderTar.container(LightLab.NAME)).status()).isZero();
        light.lab.robot.post(Fault.always(FaultKind.UNREACHABLE));
        assertThatThrownBy(this::connect).isInstanceOf(SocketTimeoutException.class);
        assertThat(light.server.power().door()).isEmpty();
        light.lab.robot.faults().clear();
        assertThat(light.unit().path("state").asText()).isEqualTo("active");
    }

    @Test
    void othersAreReachedAllTheSame() throws Exception {
        light.lab.robot.post(Fault.always(FaultKind.UNREACHABLE).at(322));
        connect();
        assertThat(light.list().path("units")).isEmpty();
    }

    @Test
    void whatIsThereForNowOutlastsABoot() throws Exception {
        light.lab.robot.post(Fault.always(FaultKind.SSHD_REFUSES));
        light.server.power().cut();
        light.server.power().turnOn();
        light.lab.clock.advance(RobotLab.TIMES.toDisk());
        assertThat(light.server.power().phase()).isEqualTo(Phase.INSTALLED);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        light.lab.robot.faults().clear();
        connect();
    }

    @Test
    void aSystemThatHangsIsSilentWithAllThatRunsInItUntilItIsReset() throws Exception {
        OrderTar order = OrderTar.container(LightLab.NAME).agent("http://jenkins.example.org/", LightLab.NAME, "s");
        assertThat(light.start(order).status()).isZero();
        await().until(() -> {
            light.lab.clock.advance(LightLab.BOOT);
            return !agents.started.isEmpty();
        });

        light.server.power().hang();
        assertThatThrownBy(this::connect).isInstanceOf(SocketTimeoutException.class);
        await().until(() -> agents.cut.contains(LightLab.NAME));
        for (ResetType ignored : new ResetType[] {ResetType.SOFTWARE, ResetType.POWER}) {
            light.lab.robot.account().locked(() -> ignored.reset(light.server));
            light.lab.clock.advance(RobotLab.TIMES.toDisk());
            assertThat(light.server.power().phase()).isEqualTo(Phase.HUNG);
        }
        light.lab.robot.account().locked(() -> ResetType.HARDWARE.reset(light.server));
        light.lab.clock.advance(RobotLab.TIMES.toDisk());
        assertThat(light.list().path("units")).isEmpty();
    }
}
