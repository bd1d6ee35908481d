package dev.shedmaster.kube.host;

import dev.shedmaster.machine.host.SshHostDriver;
import dev.shedmaster.machine.host.SshRescueSystem;
import dev.shedmaster.machine.host.SshServerDoor;
import dev.shedmaster.ssh.SshConnection;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.ssh.SshIdentity;
import dev.shedmaster.ssh.SshServer;
import java.time.InstantSource;

/** Opens the ways into servers. */
public final class HostConnector {
    private final SshConnections connections;
    private final String installation;
    private final InstantSource clock;

    /** @param installation whose workers may be stopped */
    public HostConnector(SshConnections connections, String installation, InstantSource clock) {
        this.connections = connections;
        this.installation = installation;
        this.clock = clock;
    }

    /**
     * Opens the ways into one server; nothing is sent yet.
     *
     * @throws IllegalArgumentException if a key cannot be read
     */
    public HostAccess open(HostAddress at) {
        SshConnection connection = connections.to(
                new SshServer(at.address(), at.port(), at.user(), at.hostKeys(), SshIdentity.of(at.privateKey())));
        return new HostAccess(
                new SshServerDoor(connection),
                new SshRescueSystem(connection),
                new SshHostDriver(connection, installation, clock));
    }
}
