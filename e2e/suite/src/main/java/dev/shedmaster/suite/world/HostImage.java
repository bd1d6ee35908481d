package dev.shedmaster.suite.world;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The image of a host, as {@code worker-images/} makes it. */
public final class HostImage {
    public static final String MISSING =
            "no image of a host is there: make images ARGS=host makes one in target/images, and"
                    + " -Dshedmaster.hostImage=….raw.zst names another";

    /** This machine, as an emulated server sees it. */
    public static final String WORLD = "10.0.2.2";

    private static final Path MADE = Path.of("target", "images");

    private HostImage() {}

    /** What must have been fetched of it, in hexadecimal digits. */
    public static String sha256(Path image) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(image), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A web server of this machine's, which has the image under its file's name. */
    public static HttpServer serve(Path image) throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/" + image.getFileName(), exchange -> {
            exchange.sendResponseHeaders(200, Files.size(image));
            try (OutputStream out = exchange.getResponseBody()) {
                Files.copy(image, out);
            }
        });
        web.start();
        return web;
    }

    /** Where an emulated server finds it. */
    public static String url(HttpServer web, Path image) {
        return "http://" + WORLD + ":" + web.getAddress().getPort() + "/" + image.getFileName();
    }

    /**
     * The one that is named, or the last that was made.
     *
     * @param repository where it is made
     */
    public static Optional<Path> find(Path repository) throws IOException {
        String named = System.getProperty("shedmaster.hostImage", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        Path made = repository.resolve(MADE);
        if (Files.notExists(made)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(made)) {
            return files.filter(file -> file.getFileName().toString().matches("host-.*-amd64\\.raw\\.zst"))
                    .max(Comparator.comparing(Path::toString));
        }
    }
}
