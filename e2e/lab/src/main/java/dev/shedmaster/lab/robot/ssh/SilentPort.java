package dev.shedmaster.lab.robot.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port whose packets get lost on the way: whoever connects to it waits in vain. Nobody is let in, and those who wait to be let in
 * fill the queue, beyond which Linux answers nothing.
 */
public final class SilentPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SilentPort.class);

    private final ServerSocket port = new ServerSocket();
    private final List<Socket> queue = new ArrayList<>();

    SilentPort(InetSocketAddress at) throws IOException {
        // A queue of one has room for two.
        port.bind(at, 1);
        InetSocketAddress bound = (InetSocketAddress) port.getLocalSocketAddress();
        for (int i = 0; i < 2; i++) {
            queue.add(new Socket(bound.getAddress(), bound.getPort()));
        }
    }

    InetAddress address() {
        return port.getInetAddress();
    }

    @Override
    public void close() {
        try {
            for (Socket waiting : queue) {
                waiting.close();
            }
            port.close();
        } catch (IOException stuck) {
            LOG.warn("The lab's silent port at {} does not close", address(), stuck);
        }
    }
}
