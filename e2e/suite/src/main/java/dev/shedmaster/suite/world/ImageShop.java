package dev.shedmaster.suite.world;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Where light hosts find any image that is asked for; they do not fetch it. */
public final class ImageShop implements AutoCloseable {
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

    public String url(String name) {
        return url() + "/" + name + ".raw.zst";
    }

    @Override
    public void close() {
        web.stop(0);
    }
}
