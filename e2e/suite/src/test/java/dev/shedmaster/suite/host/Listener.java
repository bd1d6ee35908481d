package dev.shedmaster.suite.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody in the world who notes who calls, and hangs up. */
final class Listener implements AutoCloseable {
    private final List<String> callers = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;

    /** Listens at an address of this machine. */
    Listener(String address) throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getByName(address));
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try (Socket caller = socket.accept()) {
                    callers.add(caller.getInetAddress().getHostAddress());
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    /** The addresses of those who have called. */
    List<String> callers() {
        return callers;
    }

    /** Its address and its port, with a space between them. */
    String target() {
        return socket.getInetAddress().getHostAddress() + " " + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
