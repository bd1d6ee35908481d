package dev.shedmaster.suite.host;

import static org.awaitility.Awaitility.await;

import dev.shedmaster.lab.agent.LabAgent;
import dev.shedmaster.lab.robot.LightSystems;
import dev.shedmaster.lab.robot.RobotOptions;
import dev.shedmaster.lab.robot.RobotStandIn;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.lab.robot.system.WorkerHost;
import dev.shedmaster.lab.time.LabClock;
import dev.shedmaster.lab.time.ScaledClock;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.ssh.SshIdentity;
import dev.shedmaster.ssh.SshServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A light host of the lab that has booted what is installed on it, for the tests of one class. */
final class LightServer implements BeforeAllCallback, AfterAllCallback {
    private static final Duration BOOT = Duration.ofMinutes(1);
    /** It boots in some seconds, and a worker that sleeps for long does so while a test looks. */
    private static final double SPEED = 20;

    private static final int NUMBER = 321;

    private final LabClock clock = new ScaledClock(SPEED);
    private final LabAgent agents = new LabAgent();
    private final LightSystems systems = new LightSystems(
            LightOptions.of(agents).withWorkerImages(Set.of("busybox")).summingImages());
    private final ClientKey key = ClientKey.fresh();
    private final InstalledOs os = InstalledOs.fresh("light", List.of(key.publicKey()));
    private final SshConnections connections = new SshConnections(clock, new SimpleMeterRegistry());
    private final RobotStandIn robot = standIn();

    private RobotStandIn standIn() {
        try {
            return RobotStandIn.start(RobotOptions.of(clock).withSystems(systems));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        robot.bootInstalled(robot.rent(NUMBER), os);
        await().atMost(BOOT).until(() -> server().power().door().isPresent());
    }

    /** Loses its power and boots again. */
    void boot() {
        server().power().cut();
        server().power().turnOn();
        await().atMost(BOOT).until(() -> server().power().door().isPresent());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        connections.close();
        robot.close();
        systems.close();
        agents.close();
    }

    LabClock clock() {
        return clock;
    }

    SshConnections connections() {
        return connections;
    }

    RobotStandIn robot() {
        return robot;
    }

    DedicatedServer server() {
        return robot.server(NUMBER);
    }

    InstalledOs os() {
        return os;
    }

    WorkerHost workers() {
        return server().power().workerHost().orElseThrow();
    }

    Set<String> hostKeys() {
        return os.hostKeys().publicKeys().stream().map(PublicKeyText::line).collect(Collectors.toSet());
    }

    SshServer asServer(Set<String> hostKeys) {
        SshDoor door = server().power().door().orElseThrow();
        return new SshServer(
                door.address().getHostAddress(), door.port(), "root", hostKeys, SshIdentity.of(key.privateKey()));
    }
}
