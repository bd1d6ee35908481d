package dev.shedmaster.bench;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.ssh.SshIdentity;
import dev.shedmaster.ssh.SshServer;
import dev.shedmaster.suite.world.ImageShop;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The packaged operator on a real API server, with servers of the lab's Robot, whose time passes faster than ours. */
final class HostsUnderTest implements AutoCloseable {
    /** A light host boots within four of our seconds. */
    static final double SPEED = 25;

    private static final Duration NOW_AND_THEN = Duration.ofMillis(500);
    private static final String KIND = "baremetalhosts";

    private final World world;
    private final OperatorUnderTest operator;
    private final ClientKey key = ClientKey.fresh();

    /** Everything but the operator, and no server yet. */
    HostsUnderTest(Path launcher) {
        this.world =
                World.start(ControlPlane.Options.defaults(), JenkinsOptions.usual(), SPEED, UnaryOperator.identity());
        this.operator = new OperatorUnderTest(world, launcher);
    }

    World world() {
        return world;
    }

    OperatorUnderTest operator() {
        return operator;
    }

    /** With which one signs in to all servers, as OpenSSH keeps it. */
    String privateKey() {
        return key.privateKey();
    }

    void startOperator() {
        // Whom workers must reach from their hosts: a host that does not is unfit.
        world.apply(Manifests.jenkins(world.lab()));
        world.apply(Manifests.robot(world.lab(), key.privateKey()) + "  limits: {provisioningAtOnce: 20}\n");
        operator.start("its start", () -> true);
    }

    /** Has so many light hosts boot what somebody has installed on them; returns how each is reached. */
    List<SshServer> install(int count) {
        List<DedicatedServer> servers = new ArrayList<>();
        List<InstalledOs> systems = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DedicatedServer server = world.lab().robot().rent(nextNumber());
            InstalledOs system = InstalledOs.fresh("light", List.of(key.publicKey()));
            world.lab().robot().bootInstalled(server, system);
            servers.add(server);
            systems.add(system);
        }
        List<SshServer> reached = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DedicatedServer server = servers.get(i);
            operator.await("server " + i, () -> server.power().door().isPresent());
            SshDoor door = server.power().door().orElseThrow();
            Set<String> hostKeys = systems.get(i).hostKeys().publicKeys().stream()
                    .map(PublicKeyText::line)
                    .collect(Collectors.toSet());
            reached.add(new SshServer(
                    door.address().getHostAddress(), door.port(), "root", hostKeys, SshIdentity.of(key.privateKey())));
        }
        return reached;
    }

    private int nextNumber() {
        return world.lab()
                        .robot()
                        .account()
                        .locked(() -> world.lab().robot().account().standing())
                        .size()
                + 1;
    }

    /** Tells the operator of servers that others have installed. */
    void apply(List<SshServer> servers) {
        world.apply(Manifests.hostKey(key.privateKey()));
        for (int i = 0; i < servers.size(); i++) {
            SshServer server = servers.get(i);
            world.apply(Manifests.installedHost(
                    "installed-" + i,
                    server.address(),
                    server.port(),
                    server.hostKeys(),
                    "hardware: {architecture: arm64, cpus: 80, memory: 252Gi}, reserved: {cpus: 4, memory: 12Gi}"));
        }
    }

    /** Rents light hosts with blank disks. Before the operator starts: what it has read of the account it believes for minutes. */
    List<Integer> rentBlank(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = nextNumber();
            world.lab().robot().rent(number);
            numbers.add(number);
        }
        return numbers;
    }

    /** Has the operator install them. */
    void applyBlank(List<Integer> numbers, ImageShop images) {
        for (int number : numbers) {
            world.apply("""
                    apiVersion: shedmaster.dev/v1alpha1
                    kind: BareMetalHost
                    metadata: {name: blank-%d}
                    spec:
                      robot: {accountRef: {name: robot}, serverNumber: %d}
                      hardware: {architecture: arm64, cpus: 80, memory: 252Gi}
                      reserved: {cpus: 4, memory: 12Gi}
                      image: {url: "%s", sha256: %s}
                      rootDisk: {index: 0}
                    """.formatted(number, number, images.url("any"), "0123456789abcdef".repeat(4)));
        }
    }

    /** Waits until all hosts serve. */
    void awaitReady(int count) {
        operator.await(
                count + " hosts that serve",
                NOW_AND_THEN,
                () -> world.all(BareMetalHost.class).list().getItems().stream()
                                .filter(host -> host.getStatus() != null
                                        && host.getStatus().phase() == HostPhase.READY)
                                .count()
                        == count);
    }

    BareMetalHostStatus status(String name) {
        BareMetalHostStatus status =
                world.all(BareMetalHost.class).withName(name).require().getStatus();
        return status == null ? BareMetalHostStatus.initial() : status;
    }

    /** Writes of hosts to the API server so far, by its own counting. */
    ApiRequests writes() {
        return operator.writes(KIND);
    }

    @Override
    public void close() {
        operator.close();
    }
}
