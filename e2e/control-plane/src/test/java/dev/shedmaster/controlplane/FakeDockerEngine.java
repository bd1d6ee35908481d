package dev.shedmaster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.ConcurrentHashMap;

/** A Docker engine that has learnt its answers, and says nothing to what it has not. */
final class FakeDockerEngine implements AutoCloseable {

    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private FakeDockerEngine(Path socket, ServerSocketChannel server) {
        this.socket = socket;
        this.server = server;
    }

    static FakeDockerEngine at(Path socket) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            FakeDockerEngine engine = new FakeDockerEngine(socket, server);
            Thread.startVirtualThread(engine::serve);
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeDockerEngine answering(String path, int status, String body) {
        answers.put(path, "HTTP/1.0 " + status + " As Told\r\n\r\n" + body);
        return this;
    }

    Path socket() {
        return socket;
    }

    String url() {
        return "unix://" + socket;
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                String path = new Scanner(client, StandardCharsets.US_ASCII)
                        .nextLine()
                        .split(" ", 3)[1];
                String answer = answers.get(path);
                if (answer != null) {
                    try (client) {
                        Channels.newOutputStream(client).write(answer.getBytes(StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                return; // closed: the test is over
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
