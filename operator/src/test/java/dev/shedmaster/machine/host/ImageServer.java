package dev.shedmaster.machine.host;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where one image is fetched from, as {@code host.raw.zst}. */
final class ImageServer implements AutoCloseable {
    private final HttpServer web;
    private final byte[] image;

    ImageServer(byte[] image) {
        this.image = image.clone();
        try {
            web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        web.createContext("/host.raw.zst", exchange -> {
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, isHead ? -1 : image.length);
            if (!isHead) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(image);
                }
            }
            exchange.close();
        });
        web.start();
    }

    String url() {
        return "http://127.0.0.1:" + web.getAddress().getPort() + "/host.raw.zst";
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        web.stop(0);
    }
}
