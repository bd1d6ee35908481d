package dev.shedmaster.lab.robot.ssh;

import java.io.IOException;
import java.net.InetAddress;
import org.apache.sshd.server.SshServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An SSH server that listens. */
public final class SshDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SshDoor.class);

    private final SshServer server;
    private final InetAddress address;

    SshDoor(SshServer server, InetAddress address) {
        this.server = server;
        this.address = address;
    }

    public InetAddress address() {
        return address;
    }

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
