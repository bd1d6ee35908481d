package dev.shedmaster.lab.robot.machine;

import dev.shedmaster.lab.robot.ssh.SshDoor;
import java.net.InetAddress;

/** A machine's own SSH server, which its network lets others reach at a place of this machine's. */
record ForwardedDoor(InetAddress address, int port) implements SshDoor {
    @Override
    public void close() {
        // It closes with the machine.
    }
}
