package dev.shedmaster.lab.robot.ssh;

import java.net.InetAddress;

/** An SSH server that listens. */
public interface SshDoor extends AutoCloseable {
    InetAddress address();

    int port();

    /** Breaks all connections and listens no more, as when the power goes. */
    @Override
    void close();
}
