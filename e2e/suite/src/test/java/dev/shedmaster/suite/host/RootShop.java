package dev.shedmaster.suite.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.shedmaster.suite.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Makes small images of workers, and lets everybody fetch them who reaches this machine. */
final class RootShop implements AutoCloseable {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private final Path folder;
    private final HttpServer web;

    RootShop(Path folder) {
        this.folder = folder;
        try {
            web = HttpServer.create(new InetSocketAddress(0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        web.createContext("/", exchange -> {
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            if (Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, Files.size(file));
                try (OutputStream out = exchange.getResponseBody()) {
                    Files.copy(file, out);
                }
            } else {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_NOT_FOUND, -1);
            }
            exchange.close();
        });
        web.start();
    }

    /** An image that is there. */
    record Root(String file, String sha256) {}

    String url(String address, String file) {
        return "http://" + address + ":" + web.getAddress().getPort() + "/" + file;
    }

    /** A root with a shell in it, which says its name in {@code /name}. */
    Root root(String name) throws IOException {
        assumeTrue(
                Files.isExecutable(BUSYBOX), "there is no " + BUSYBOX + ": install the Debian package busybox-static");
        Path root = folder.resolve(name);
        for (String place : List.of("bin", "usr", "etc", "proc", "sys", "dev", "run", "tmp", "var/lib/docker")) {
            Files.createDirectories(root.resolve(place));
        }
        Files.copy(BUSYBOX, root.resolve("bin/busybox"));
        assertThat(root.resolve("bin/busybox").toFile().setExecutable(true)).isTrue();
        for (String tool : List.of("sh", "sleep", "cat", "true")) {
            Files.createSymbolicLink(root.resolve("bin/" + tool), Path.of("busybox"));
        }
        Files.writeString(root.resolve("etc/os-release"), "ID=busybox\n");
        Files.writeString(root.resolve("name"), name + "\n");
        String file = name + ".tar.gz";
        new Program(Path.of("tar"), List.of(), Map.of())
                .run("-czf", folder.resolve(file).toString(), "-C", root.toString(), ".")
                .mustSucceed();
        return new Root(file, sha256(folder.resolve(file)));
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        web.stop(0);
    }
}
