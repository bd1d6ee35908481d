package dev.shedmaster.controlplane;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A kube-apiserver that can be killed and comes back on the same port. */
final class ApiServer implements AutoCloseable {

    private static final int PORTS_TO_TRY = 5;

    private final ProcessParent parent;
    private final ApiServerLine line;
    private final String token;
    private final Path log;
    private final Duration deadline;
    private final int port;

    private @Nullable ServerProcess process;
    private @Nullable ApiServerConnection connection;

    private ApiServer(ProcessParent parent, ApiServerLine line, String token, Path log, Duration deadline, int port) {
        this.parent = parent;
        this.line = line;
        this.token = token;
        this.log = log;
        this.deadline = deadline;
        this.port = port;
    }

    /**
     * @param wantedPort 0 for any
     */
    static ApiServer start(
            ProcessParent parent, ApiServerLine line, String token, Path log, Duration deadline, int wantedPort) {
        for (int attempt = 1; ; attempt++) {
            int port = wantedPort == 0 ? FreePort.any() : wantedPort;
            ApiServer server = new ApiServer(parent, line, token, log, deadline, port);
            try {
                server.start();
                return server;
            } catch (ControlPlaneFailure e) {
                boolean again = wantedPort == 0 && attempt < PORTS_TO_TRY && server.lostItsPort();
                server.close();
                if (!again) {
                    throw e;
                }
            }
        }
    }

    URI url() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** The certificate that it made for itself, and of the authority that it made for that. */
    Path certificate() {
        return line.certificates().resolve("apiserver.crt");
    }

    synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        process = parent.start("kube-apiserver", line.on(port), log);
        process.await(this::isReady, deadline);
    }

    synchronized void stop() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    synchronized String text(String path) {
        if (connection == null) {
            throw new ControlPlaneFailure("the API server has not been started");
        }
        return connection.text(path);
    }

    private synchronized boolean lostItsPort() {
        return process != null && process.lostItsPort();
    }

    private boolean isReady() {
        if (connection == null) {
            try {
                connection = ApiServerConnection.open(url(), token, certificate());
            } catch (IOException e) {
                return false; // it has not made its certificate yet, or not all of it
            }
        }
        // It counts as ready a moment before it has made the namespace that everything starts from.
        return connection.answers("/readyz") && connection.answers("/api/v1/namespaces/default");
    }

    @Override
    public synchronized void close() {
        stop();
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
