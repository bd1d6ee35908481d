package dev.shedmaster.suite.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network between one operator and its API server, which can break. It passes on bytes and understands none of them: what
 * goes through is TLS from end to end.
 */
public final class ApiServerLine implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final URI apiServer;
    private final ServerSocket door;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean silent;
    private boolean closed;

    private ApiServerLine(URI apiServer) throws IOException {
        this.apiServer = apiServer;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** A line to that API server, at a port of its own. */
    public static ApiServerLine to(URI apiServer) {
        try {
            ApiServerLine line = new ApiServerLine(apiServer);
            Thread.ofVirtual().name("line to " + apiServer).start(line::listen);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the kubeconfig, beside it, that leads through this line. */
    public Path leading(Path kubeconfig) {
        String there = apiServer.toString();
        try {
            String text = Files.readString(kubeconfig);
            if (!text.contains(there)) {
                throw new IllegalArgumentException(kubeconfig + " does not lead to " + there);
            }
            Path copy = Files.createTempFile(
                    kubeconfig.toAbsolutePath().getParent(),
                    "line-",
                    ".kubeconfig",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(copy, text.replace(there, "https://127.0.0.1:" + door.getLocalPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks every connection, so that all watches end; new ones are let through. Returns how many there were. */
    public int cut() {
        List<Socket> ends = List.copyOf(open);
        ends.forEach(this::drop);
        return ends.size() / 2;
    }

    /** From now on nothing comes through, and nobody is told: connections stay, and what is sent is kept until they break. */
    public void fallSilent() {
        silence(true);
    }

    /** Passes on again, what was kept as well. */
    public void speak() {
        silence(false);
    }

    private void silence(boolean now) {
        lock.lock();
        try {
            silent = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException e) {
                // The door is closed, or the API server is away: whoever connected is hung up on, as by a real network.
            }
        }
    }

    private void connect(Socket from) throws IOException {
        Socket to;
        try {
            to = new Socket(apiServer.getHost(), apiServer.getPort());
        } catch (IOException e) {
            from.close();
            throw e;
        }
        open.add(from);
        open.add(to);
        Thread.ofVirtual().start(() -> pass(from, to));
        Thread.ofVirtual().start(() -> pass(to, from));
    }

    private void pass(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int read = from.getInputStream().read(chunk);
                    read >= 0;
                    read = from.getInputStream().read(chunk)) {
                awaitSpeaking();
                to.getOutputStream().write(chunk, 0, read);
            }
        } catch (IOException | InterruptedException e) {
            // One end has gone; so does the other.
        } finally {
            drop(from);
            drop(to);
        }
    }

    private void awaitSpeaking() throws InterruptedException {
        lock.lock();
        try {
            while (silent && !closed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(Socket end) {
        open.remove(end);
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        cut();
    }
}
