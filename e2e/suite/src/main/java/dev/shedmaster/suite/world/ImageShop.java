package dev.shedmaster.suite.world;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Where light hosts find any image that is asked for, of which they read nothing; and an index of it. */
public final class ImageShop implements AutoCloseable {
    private static final String INDEX = """
            {"version": 1, "images": [
              {"name": "worker-kola", "version": "2", "architecture": "arm64", "form": "root", "format": "tar.zst",
               "file": "worker-kola.tar.zst", "sha256": "%s", "bytes": 1, "sbom": "worker-kola.spdx.json"}]}
            """.formatted("abcdef0123456789".repeat(4));

    private final HttpServer web;

    /** Opens it at a free port. */
    public ImageShop() {
        this(0);
    }

    /**
     * Opens it.
     *
     * @param port 0 takes a free one
     */
    public ImageShop(int port) {
        try {
            web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        web.createContext("/index.json", exchange -> {
            byte[] index = INDEX.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, index.length);
            exchange.getResponseBody().write(index);
            exchange.close();
        });
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, -1);
            exchange.close();
        });
        web.start();
    }

    /** Where it is, without a slash at its end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + web.getAddress().getPort());
    }

    /** Of version 2 of the image worker-kola for containers on arm64. */
    public String index() {
        return url() + "/index.json";
    }

    public String url(String name) {
        return url() + "/" + name + ".raw.zst";
    }

    @Override
    public void close() {
        web.stop(0);
    }
}
