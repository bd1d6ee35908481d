package dev.shedmaster.lab.robot.light;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLException;

/** Where images are fetched from, which is asked for real. Its answers are curl's. */
public final class ImageSource implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CHUNK = 1 << 16;

    private static final int CURL_UNSUPPORTED = 1;
    private static final int CURL_NO_SUCH_HOST = 6;
    private static final int CURL_NO_CONNECTION = 7;
    private static final int CURL_HTTP_ERROR = 22;
    private static final int CURL_TOO_LATE = 28;
    private static final int CURL_BAD_CERTIFICATE = 60;

    private final boolean sums;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** @param sums whether what is asked for is fetched whole and its checksum taken */
    public ImageSource(boolean sums) {
        this.sums = sums;
    }

    /** What came of fetching an image. */
    public sealed interface Fetched {
        /** It is there. {@code sha256} is empty where no checksum was taken. */
        record Whole(String sha256) implements Fetched {}

        /** curl gives up with this status. */
        record Unreachable(int curl) implements Fetched {}
    }

    /** Waits for the other side. */
    public Fetched fetch(String url) {
        try {
            URI uri = URI.create(url);
            if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
                return new Fetched.Unreachable(CURL_UNSUPPORTED);
            }
            return sums ? summed(uri) : found(uri);
        } catch (IllegalArgumentException noUrl) {
            return new Fetched.Unreachable(CURL_UNSUPPORTED);
        } catch (IOException failed) {
            return new Fetched.Unreachable(status(failed));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return new Fetched.Unreachable(CURL_TOO_LATE);
        }
    }

    /** Who does not know HEAD is asked for the whole, of which nothing is read. */
    private Fetched found(URI uri) throws IOException, InterruptedException {
        HttpRequest head = HttpRequest.newBuilder(uri)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        if (http.send(head, BodyHandlers.discarding()).statusCode() < 400) {
            return new Fetched.Whole("");
        }
        HttpResponse<InputStream> answer = get(uri);
        answer.body().close();
        return answer.statusCode() < 400 ? new Fetched.Whole("") : new Fetched.Unreachable(CURL_HTTP_ERROR);
    }

    private Fetched summed(URI uri) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = get(uri);
        try (InputStream body = answer.body()) {
            if (answer.statusCode() >= 400) {
                return new Fetched.Unreachable(CURL_HTTP_ERROR);
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK];
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return new Fetched.Whole(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private HttpResponse<InputStream> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
    }

    private static int status(IOException failed) {
        return switch (failed) {
            case HttpTimeoutException late -> CURL_TOO_LATE;
            case SSLException untrusted -> CURL_BAD_CERTIFICATE;
            case ConnectException refused ->
                refused.getCause() instanceof UnresolvedAddressException
                                || (refused.getCause() != null
                                        && refused.getCause().getCause() instanceof UnresolvedAddressException)
                        ? CURL_NO_SUCH_HOST
                        : CURL_NO_CONNECTION;
            default -> CURL_NO_CONNECTION;
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
