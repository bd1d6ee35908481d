package dev.shedmaster.lab.robot;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Gives each server an address of its own within 127.0.0.0/8. The port of the stand-in's web service, which no other
 * program of the machine has at that time, is part of them: stand-ins that run beside each other never share one. To be
 * used by one at a time.
 */
final class Plots {
    private static final int IN_A_ROW = 254;

    private final int port;
    private int given;

    Plots(int port) {
        this.port = port;
    }

    /** The next that nobody has: those of the port 40000 begin with 127.156.64.1. */
    InetAddress next() {
        // Ports that are chosen by the kernel are above 32767, so that rows begin in the upper half and go on in the
        // lower.
        int row = (port >>> 8) ^ (given / IN_A_ROW == 0 ? 0 : 0x80);
        int last = 1 + given % IN_A_ROW;
        if (given >= 2 * IN_A_ROW) {
            throw new IllegalStateException("The lab has room for " + 2 * IN_A_ROW + " servers");
        }
        given++;
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) row, (byte) port, (byte) last});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("Four bytes are always an IPv4 address", impossible);
        }
    }
}
