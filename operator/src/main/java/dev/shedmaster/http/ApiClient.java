package dev.shedmaster.http;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Makes the HTTP calls of one adapter to one system. A call blocks (callers use virtual threads), ends within the
 * client's bounds and is made exactly once: nothing is repeated and no redirect followed behind the caller's back,
 * because only the adapter knows which call may be repeated. No URL query, header or body ever reaches a log.
 */
public final class ApiClient {
    /** More than any answer we ask for; keeps a broken server from filling the heap. */
    public static final int MAX_BODY_BYTES = 128 * 1024 * 1024;

    private final OkHttpClient client;
    private final String system;
    private final MeterRegistry meters;

    ApiClient(OkHttpClient client, String system, MeterRegistry meters) {
        this.client = client;
        this.system = system;
        this.meters = meters;
    }

    /**
     * Sends the request once.
     *
     * @param operation names the call in metrics and errors, from a small closed set such as {@code create-machine}
     * @return the answer, whatever its status; {@code Transient} if there was none or not all of it, in which case the
     *     call may have taken effect
     */
    public Outcome<ApiAnswer> send(String operation, Request request) {
        Timer.Sample sample = Timer.start(meters);
        String result = "error";
        try (Response response = client.newCall(request).execute()) {
            ApiAnswer answer = new ApiAnswer(response.code(), response.headers(), bounded(response));
            result = Integer.toString(response.code());
            return Outcome.done(answer);
        } catch (IOException e) {
            return Outcome.failed(new PortError.Transient(operation + " at "
                    + request.url().host() + ":" + request.url().port() + " failed: " + describe(e)));
        } finally {
            sample.stop(Timer.builder("shedmaster.http.requests")
                    .description("Calls to CI systems and providers")
                    .tag("system", system)
                    .tag("operation", operation)
                    .tag("status", result)
                    .register(meters));
        }
    }

    private static byte[] bounded(Response response) throws IOException {
        try (InputStream stream = response.body().byteStream()) {
            byte[] body = stream.readNBytes(MAX_BODY_BYTES);
            if (stream.read() >= 0) {
                throw new IOException("the answer is longer than " + MAX_BODY_BYTES + " bytes");
            }
            return body;
        }
    }

    private static String describe(IOException e) {
        String kind = e.getClass()
                .getSimpleName()
                .replaceAll("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
        return e.getMessage() == null ? kind : kind + ": " + e.getMessage();
    }
}
