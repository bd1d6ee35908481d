package dev.shedmaster.lab.robot.ssh;

import java.io.IOException;
import java.net.InetAddress;
import org.apache.sshd.server.SshServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SSH server of a light server. */
final class MinaDoor implements SshDoor {
    private static final Logger LOG = LoggerFactory.getLogger(MinaDoor.class);

    private final SshServer server;
    private final InetAddress address;

    MinaDoor(SshServer server, InetAddress address) {
        this.server = server;
        this.address = address;
    }

    @Override
    public InetAddress address() {
        return address;
    }

    @Override
    public int port() {
        return server.getPort();
    }

    /** Breaks all connections and listens no more, as when the power goes. */
    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException stuck) {
            LOG.warn("The lab's SSH server at {} does not close", address, stuck);
        }
    }
}
