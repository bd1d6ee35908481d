package dev.shedmaster.suite.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.lab.robot.RobotOptions;
import dev.shedmaster.lab.robot.RobotStandIn;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.machine.Chassis;
import dev.shedmaster.lab.robot.machine.RescueFiles;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.lab.time.ScaledClock;
import dev.shedmaster.machine.robot.LoginWatch;
import dev.shedmaster.machine.robot.RobotAccount;
import dev.shedmaster.machine.robot.RobotServers;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.ssh.SshConnection;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.ssh.SshIdentity;
import dev.shedmaster.ssh.SshServer;
import dev.shedmaster.suite.Program;
import dev.shedmaster.suite.world.HostImage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A server at the lab's Robot that is a virtual machine with two blank disks, and the operator's own ways to it. Its image is fetched
 * from a web server of this machine's.
 */
final class RentedMachine implements AutoCloseable {
    static final int NUMBER = 321;

    private static final int MEMORY_MIB = 1024;
    private static final List<Long> DISKS = List.of(4L << 30, 2L << 30);

    private final ApiClients clients = new ApiClients(new SimpleMeterRegistry());
    private final SshConnections connections = new SshConnections(InstantSource.system(), new SimpleMeterRegistry());
    private final RobotStandIn robot;
    private final DedicatedServer server;
    private final DedicatedServers landlord;
    private final SshIdentity identity;
    private final HttpServer web;
    private final Path image;

    private RentedMachine(
            RobotStandIn robot, DedicatedServer server, SshIdentity identity, HttpServer web, Path image) {
        this.robot = robot;
        this.server = server;
        this.identity = identity;
        this.web = web;
        this.image = image;
        this.landlord = new RobotServers(
                new RobotAccount("ci/robot", robot.url(), RobotOptions.LOGIN, RobotOptions.PASSWORD, 40),
                clients.client(ApiClients.Options.of("robot", Duration.ofSeconds(30))),
                new LoginWatch(InstantSource.system()),
                InstantSource.system());
    }

    /** Rents it, and turns it on; skips the test where that cannot be. */
    static RentedMachine rent(Path folder, Path image) throws IOException {
        Optional<String> missing = RescueFiles.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        Chassis chassis = Chassis.build(RescueFiles.made(), MEMORY_MIB, DISKS, folder);
        new Program(Path.of("ssh-keygen"), List.of(), Map.of())
                .run(
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        folder.resolve("key").toString())
                .mustSucceed();
        RobotStandIn robot = RobotStandIn.start(RobotOptions.of(ScaledClock.real()));
        return new RentedMachine(
                robot,
                robot.rentMachine(NUMBER, chassis),
                SshIdentity.of(Files.readString(folder.resolve("key"))),
                HostImage.serve(image),
                image);
    }

    /** The account at Robot, as the operator has it. */
    DedicatedServers landlord() {
        return landlord;
    }

    SshIdentity identity() {
        return identity;
    }

    /** Where the server fetches the image. */
    String imageUrl() {
        return HostImage.url(web, image);
    }

    int webPort() {
        return web.getAddress().getPort();
    }

    /** To whoever answers there, if it has one of these keys. */
    SshConnection connection(Set<String> hostKeys) {
        // Where nobody listens yet it is the usual port, which is as good as any.
        int port = server.power().door().map(SshDoor::port).orElse(22);
        return connections.to(new SshServer(server.site().getHostAddress(), port, "root", hostKeys, identity));
    }

    @Override
    public void close() {
        connections.close();
        clients.close();
        robot.close();
        web.stop(0);
    }
}
