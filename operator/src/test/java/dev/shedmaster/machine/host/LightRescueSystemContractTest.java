package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.lab.agent.LabAgent;
import dev.shedmaster.lab.robot.LightSystems;
import dev.shedmaster.lab.robot.RobotOptions;
import dev.shedmaster.lab.robot.RobotStandIn;
import dev.shedmaster.lab.robot.estate.BootKind;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.Phase;
import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.lab.time.ScaledClock;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.port.RescueSystem;
import dev.shedmaster.port.RescueSystemContract;
import dev.shedmaster.port.ServerDoor;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.ssh.SshIdentity;
import dev.shedmaster.ssh.SshServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lab's light host, in its rescue system. */
class LightRescueSystemContractTest extends RescueSystemContract {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** A lab minute is some tenths of a second. */
    private static final double SPEED = 200;

    private final ImageServer images = new ImageServer("an image".getBytes(StandardCharsets.UTF_8));
    private final LabAgent agents = new LabAgent();
    private final LightSystems systems =
            new LightSystems(LightOptions.of(agents).summingImages());
    private final ClientKey key = ClientKey.fresh();
    private final SshConnections connections = new SshConnections(InstantSource.system(), new SimpleMeterRegistry());
    private RobotStandIn robot;
    private DedicatedServer server;
    private RescueSystem rescue;
    private ServerDoor door;

    @BeforeEach
    void bootRescue() throws IOException {
        robot = RobotStandIn.start(RobotOptions.of(new ScaledClock(SPEED)).withSystems(systems));
        server = robot.rent(321);
        robot.bootRescue(server, List.of(key.publicKey()));
        SshDoor place = await().atMost(PATIENCE)
                .until(() -> server.power().door(), Optional::isPresent)
                .orElseThrow();
        SshServer visited = new SshServer(
                place.address().getHostAddress(), place.port(), "root", hostKeys(), SshIdentity.of(key.privateKey()));
        rescue = new SshRescueSystem(connections.to(visited));
        door = new SshServerDoor(connections.to(visited));
    }

    private Set<String> hostKeys() {
        return robot.account().locked(() -> server.boot().last(BootKind.RESCUE)).orElseThrow().hostKeys().stream()
                .map(PublicKeyText::line)
                .collect(Collectors.toSet());
    }

    @AfterEach
    void close() {
        rescue.close();
        door.close();
        connections.close();
        robot.close();
        systems.close();
        agents.close();
        images.close();
    }

    @Override
    protected RescueSystem rescue() {
        return rescue;
    }

    @Override
    protected String rootDisk() {
        return server.disks().get(0).spec().wwn();
    }

    @Override
    protected String scratchDisk() {
        return server.disks().get(1).spec().wwn();
    }

    @Override
    protected String image() {
        return images.url();
    }

    @Override
    protected String sha256() {
        return images.sha256();
    }

    @Test
    void whatWasInstalledIsBootedAndKnownByTheKeysThatWereTold() {
        done(untilItEnds(() -> rescue.install(order("g1"))));
        List<String> keys = done(rescue.hostKeys());

        String boot = done(rescue.inspect()).bootId();
        assertThat(door.look()).isEqualTo(new Shell.InRescue(boot));
        assertThat(failed(door.reboot("another"))).isEqualTo(new PortError.NotFound("it is in another boot by now"));
        assertThat(door.look()).isEqualTo(new Shell.InRescue(boot));

        assertThat(door.reboot(boot)).isEqualTo(Outcome.done(Nothing.NOTHING));
        await().atMost(PATIENCE).until(() -> server.power().phase() == Phase.INSTALLED);
        assertThat(server.disk()).hasValueSatisfying(os -> {
            assertThat(os.hostname()).isEqualTo("host-1");
            assertThat(os.owner()).isEqualTo("t1 ci/host");
            assertThat(os.generation()).isEqualTo("g1");
            assertThat(os.hostKeys().publicKeys().stream().map(PublicKeyText::line))
                    .containsExactlyElementsOf(keys);
        });
    }
}
