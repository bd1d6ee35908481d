package dev.shedmaster.suite.trial;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where light hosts find any image that is asked for; they do not fetch it. */
public final class ImageShop implements AutoCloseable {
    private final HttpServer web;

    /** Opens it. */
    public ImageShop() {
        try {
            web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, -1);
            exchange.close();
        });
        web.start();
    }

    public String url(String name) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + "/" + name + ".raw.zst";
    }

    @Override
    public void close() {
        web.stop(0);
    }
}
