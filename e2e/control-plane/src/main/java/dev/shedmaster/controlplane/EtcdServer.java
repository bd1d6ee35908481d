package dev.shedmaster.controlplane;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An etcd of one member that trades safety for speed: its data is one run's. */
record EtcdServer(ServerProcess process, URI url) {

    private static final int PORTS_TO_TRY = 5;

    static EtcdServer start(ProcessParent parent, Path program, Path data, Path log, Duration deadline) {
        for (int attempt = 1; ; attempt++) {
            URI url = URI.create("http://127.0.0.1:" + FreePort.any());
            ServerProcess process = parent.start("etcd", line(program, data, url), log);
            try (HttpClient http = HttpClient.newBuilder()
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build()) {
                process.await(() -> isHealthy(http, url), deadline);
                return new EtcdServer(process, url);
            } catch (ControlPlaneFailure e) {
                boolean again = attempt < PORTS_TO_TRY && process.lostItsPort();
                process.kill();
                if (!again) {
                    throw e;
                }
            }
        }
    }

    private static List<String> line(Path program, Path data, URI url) {
        return List.of(
                program.toString(),
                "--data-dir=" + data,
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                // There are no peers: the port is any, and nobody is told.
                "--listen-peer-urls=http://127.0.0.1:0",
                "--unsafe-no-fsync",
                // A member alone elects itself: there is nobody for whose message it has to wait a second.
                "--heartbeat-interval=50",
                "--election-timeout=250",
                // Room for a benchmark's objects and their history.
                "--quota-backend-bytes=" + 4L * 1024 * 1024 * 1024,
                "--log-level=warn");
    }

    private static boolean isHealthy(HttpClient http, URI url) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlPlaneFailure("interrupted while etcd started", e);
        }
    }
}
