package dev.shedmaster.lab.jenkins.web;

import dev.shedmaster.lab.jenkins.fault.Boot;
import dev.shedmaster.lab.jenkins.fault.Fault;
import dev.shedmaster.lab.jenkins.fault.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Takes every request: lets faults happen to it, hands agents to their endpoint, and writes answers as the controller does. */
public final class FrontDoor extends Handler.Wrapper {
    private static final int SMALLEST_COMPRESSED = 1024;

    private final Site site;
    private final LabSite lab;
    private final Faults faults;
    private final Boot boot;
    private final String version;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** The agents' endpoint is the handler that this one wraps; it passes on what is no upgrade. */
    public FrontDoor(Site site, LabSite lab, Faults faults, Boot boot, String version) {
        this.site = site;
        this.lab = lab;
        this.faults = faults;
        this.boot = boot;
        this.version = version;
    }

    /** Tells the listener the path of every request, before it is answered. */
    public void onRequest(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path.startsWith("/lab/")) {
            write(request, response, callback, lab.answer(request, body(request)), false);
            return true;
        }
        listeners.forEach(listener -> listener.accept(path));
        boolean breakAfterwards = false;
        for (Fault.OnRequest fault : faults.on(request.getMethod(), path)) {
            switch (fault) {
                case Fault.Slow(var latency) -> Thread.sleep(faults.draw(latency));
                case Fault.Status(int code) -> {
                    return refuse(request, response, callback, code);
                }
                case Fault.Html() -> {
                    Answer page = Answer.html(200, ErrorPage.of(200, "Sign in", "Please sign in to continue."));
                    return answer(request, response, callback, page);
                }
                case Fault.Reset(boolean afterEffect)
                when !afterEffect -> {
                    return breakConnection(request, callback);
                }
                case Fault.Reset afterEffect -> breakAfterwards = true;
            }
        }
        if (!boot.isReady()) {
            Answer page = Answer.html(
                    503, ErrorPage.of(503, "Starting Jenkins", "Please wait while Jenkins is getting ready to work"));
            return answer(request, response, callback, page);
        }
        if (path.equals("/wsagents/") && super.handle(request, response, callback)) {
            return true;
        }
        Answer answer = site.answer(request, body(request));
        return breakAfterwards ? breakConnection(request, callback) : answer(request, response, callback, answer);
    }

    private boolean refuse(Request request, Response response, Callback callback, int code) {
        String message = switch (code) {
            case 401 -> "Invalid password/token";
            case 403 -> "Access Denied";
            default -> "A problem occurred while processing the request.";
        };
        Answer page = Answer.html(code, ErrorPage.of(code, code >= 500 ? "Oops!" : "Error", message));
        return answer(request, response, callback, code == 401 ? page.with("WWW-Authenticate", Site.CHALLENGE) : page);
    }

    private boolean answer(Request request, Response response, Callback callback, Answer answer) {
        write(request, response, callback, answer, true);
        return true;
    }

    private static byte[] body(Request request) throws IOException {
        ByteBuffer content = Content.Source.asByteBuffer(request);
        byte[] body = new byte[content.remaining()];
        content.get(body);
        return body;
    }

    private void write(Request request, Response response, Callback callback, Answer answer, boolean ofJenkins) {
        HttpFields.Mutable headers = response.getHeaders();
        if (ofJenkins) {
            headers.put(HttpHeader.VARY, "Accept-Encoding");
            headers.put("X-Content-Type-Options", "nosniff");
            headers.put(
                    "Content-Security-Policy-Report-Only",
                    "base-uri 'none'; default-src 'self'; form-action 'self'; frame-ancestors 'self'");
            headers.put("X-Jenkins", version);
            headers.put("X-Jenkins-Session", boot.session());
            headers.put("X-Frame-Options", "deny");
        }
        if (!answer.contentType().isEmpty()) {
            headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
        }
        answer.headers().forEach(headers::put);
        byte[] body = compressedIfWanted(request, answer.body());
        if (body.length != answer.body().length) {
            headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.setStatus(answer.status());
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static byte[] compressedIfWanted(Request request, byte[] body) {
        String encodings = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
        if (body.length < SMALLEST_COMPRESSED || encodings == null || !encodings.contains("gzip")) {
            return body;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 8);
        try (FastGzip gzip = new FastGzip(compressed)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException("compressing in memory", impossible);
        }
        return compressed.toByteArray();
    }

    /** The lab shares its cores with what it tests, so it compresses as little as pays. */
    private static final class FastGzip extends GZIPOutputStream {
        private FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Ends the connection without a word, with a reset where the transport is a plain socket. */
    private static boolean breakConnection(Request request, Callback callback) throws IOException {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        @Nullable Object transport = endPoint.getTransport();
        if (transport instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        endPoint.close();
        callback.failed(new IOException("a fault breaks the connection"));
        return true;
    }
}
