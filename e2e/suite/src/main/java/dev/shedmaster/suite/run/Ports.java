package dev.shedmaster.suite.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * Where the lab and the operator listen.
 *
 * @param azure Resource Manager, the authority and instance metadata
 * @param images where servers fetch what is installed on them
 */
record Ports(int jenkins, List<Integer> azure, int operator, int robot, int images) {

    /** Those that {@code examples/lab} and the documentation name. */
    static final Ports USUAL = new Ports(18_080, List.of(18_081, 18_082, 18_083), 18_084, 18_085, 18_086);

    Ports {
        azure = List.copyOf(azure);
    }

    /** The usual ones; 0, which takes any, instead of each that somebody else has. */
    static Ports free() {
        return new Ports(
                freeOrAny(USUAL.jenkins()),
                USUAL.azure().stream().map(Ports::freeOrAny).toList(),
                freeOrAny(USUAL.operator()),
                freeOrAny(USUAL.robot()),
                freeOrAny(USUAL.images()));
    }

    private static int freeOrAny(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            return 0;
        }
    }
}
