package dev.shedmaster.controlplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Docker engine, as far as it takes to know whether it can run an image. */
record DockerEngine(String name, SocketAddress address, Duration patience) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern UNIX = Pattern.compile("unix://(/.+)");
    private static final Pattern TCP = Pattern.compile("(?:tcp|http)://([^:/]+):(\\d+)/?");
    private static final Duration TO_ASK_A_REGISTRY = Duration.ofSeconds(10);

    /** The one that DOCKER_HOST names, or that listens where engines do. */
    static Optional<DockerEngine> of(Surroundings surroundings) {
        Optional<String> host = surroundings.variable("DOCKER_HOST");
        if (host.isPresent()) {
            return Optional.of(new DockerEngine(host.get(), address(host.get()), TO_ASK_A_REGISTRY));
        }
        return Stream.of(
                        Optional.of(Path.of("/var/run/docker.sock")),
                        surroundings.variable("XDG_RUNTIME_DIR").map(folder -> Path.of(folder, "docker.sock")),
                        surroundings.home().map(home -> home.resolve(".docker/run/docker.sock")))
                .flatMap(Optional::stream)
                .filter(Files::exists)
                .findFirst()
                .map(socket ->
                        new DockerEngine("unix://" + socket, UnixDomainSocketAddress.of(socket), TO_ASK_A_REGISTRY));
    }

    private static SocketAddress address(String host) {
        Matcher unix = UNIX.matcher(host);
        if (unix.matches()) {
            return UnixDomainSocketAddress.of(unix.group(1));
        }
        Matcher tcp = TCP.matcher(host);
        return tcp.matches()
                ? new InetSocketAddress(tcp.group(1), Integer.parseInt(tcp.group(2)))
                : InetSocketAddress.createUnresolved(host, 0);
    }

    /** What keeps it from running an image; empty when it can. */
    Optional<String> shortcoming(String image) {
        try {
            Answer ping = get("/_ping");
            if (ping.status() != 200) {
                return Optional.of(
                        "the Docker engine at " + name + " answers " + ping.status() + ": " + ping.message());
            }
            if (get("/images/" + image + "/json").status() == 200) {
                return Optional.empty();
            }
            // Has the engine ask the registry, so it is the engine's own network and login that count.
            Answer registry = get("/distribution/" + image + "/json");
            return registry.status() == 200
                    ? Optional.empty()
                    : Optional.of("the Docker engine cannot pull " + image + ": " + registry.message());
        } catch (IOException e) {
            return Optional.of("the Docker engine at " + name + " does not answer: " + e.getMessage());
        }
    }

    /** An answer of the engine's API. */
    private record Answer(int status, String body) {
        String message() {
            try {
                return JSON.readTree(body).path("message").asText(body);
            } catch (JsonProcessingException e) {
                return body;
            }
        }
    }

    /** The JDK's HTTP client speaks over no Unix socket, and its channels know no time limit. */
    private Answer get(String path) throws IOException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Future<Answer> answer = threads.submit(() -> exchange(path));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() instanceof IOException reason ? reason.getMessage() : e.toString(), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer to " + path + " in " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            threads.shutdownNow(); // an interrupt closes the channel
        }
    }

    private Answer exchange(String path) throws IOException {
        if (address instanceof InetSocketAddress tcp && tcp.isUnresolved()) {
            throw new IOException("only unix:///SOCKET and tcp://HOST:PORT can be asked here");
        }
        try (SocketChannel channel = SocketChannel.open(address)) {
            // HTTP/1.0: the answer ends with the connection, in one piece.
            String request = "GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n";
            Channels.newOutputStream(channel).write(request.getBytes(StandardCharsets.US_ASCII));
            String text = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = text.split("\r\n\r\n", 2);
            String[] statusLine = parts[0].split(" ", 3);
            if (parts.length < 2 || statusLine.length < 2 || !statusLine[0].startsWith("HTTP/")) {
                throw new IOException("that is not HTTP");
            }
            return new Answer(Integer.parseInt(statusLine[1]), parts[1].strip());
        }
    }
}
