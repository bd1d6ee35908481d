package dev.shedmaster.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where servers find their images. Of all but the one that is there really, light hosts only ask whether it is there. */
final class ImageServer implements AutoCloseable {
    /** This machine, as an emulated server sees it. */
    private static final String TO_A_MACHINE = "10.0.2.2";

    private final HttpServer web;

    /** @param image one that can be fetched */
    ImageServer(Optional<Path> image) {
        try {
            web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, -1);
            exchange.close();
        });
        image.ifPresent(file -> web.createContext("/" + file.getFileName(), exchange -> {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, Files.size(file));
            try (OutputStream out = exchange.getResponseBody()) {
                Files.copy(file, out);
            }
        }));
        web.start();
    }

    String url(String name) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + "/" + name + ".raw.zst";
    }

    /** The same for an emulated server, of a file. */
    String urlForMachine(Path image) {
        return "http://" + TO_A_MACHINE + ":" + web.getAddress().getPort() + "/" + image.getFileName();
    }

    @Override
    public void close() {
        web.stop(0);
    }
}
