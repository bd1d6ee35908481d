package dev.shedmaster.controlplane;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Where released binaries are listed. A machine without a way there must learn it in moments, not by a timeout. */
record ReleaseServer(URI index, Duration patience) {

    /** The list that kube-api-test and setup-envtest read. */
    static ReleaseServer ofKubeApiTest() {
        return new ReleaseServer(
                URI.create(
                        "https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/envtest-releases.yaml"),
                Duration.ofSeconds(3));
    }

    /** What keeps us from it; empty when it answers. */
    Optional<String> shortcoming() {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(patience).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(index).timeout(patience).build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200
                    ? Optional.empty()
                    : Optional.of("the release server " + index.getHost() + " answers " + status);
        } catch (IOException e) {
            return Optional.of("the release server " + index.getHost() + " is out of reach (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
