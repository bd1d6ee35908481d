package dev.shedmaster.suite.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A door to something on this machine's loopback address at another of its addresses, where servers reach it. */
final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final URI target;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private Relay(ServerSocket door, URI target) {
        this.door = door;
        this.target = target;
    }

    /**
     * Opens the door.
     *
     * @param address of this machine
     * @param target what it leads to
     */
    static Relay at(String address, URI target) throws IOException {
        Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getByName(address)), target);
        Thread.ofVirtual().start(relay::listen);
        return relay;
    }

    /** The same URL by this door. */
    URI url() {
        return URI.create(target.getScheme() + "://" + door.getInetAddress().getHostAddress() + ":"
                + door.getLocalPort() + target.getPath());
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                Socket callee = new Socket(target.getHost(), target.getPort());
                open.addAll(List.of(caller, callee));
                Thread.ofVirtual().start(() -> pass(caller, callee));
                Thread.ofVirtual().start(() -> pass(callee, caller));
            } catch (IOException e) {
                // Closed, or nobody is behind it: the caller finds out.
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One end is gone, and with it the other.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
