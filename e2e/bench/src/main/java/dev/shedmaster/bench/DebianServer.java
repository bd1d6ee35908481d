package dev.shedmaster.bench;

import dev.shedmaster.ssh.SshIdentity;
import dev.shedmaster.ssh.SshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Debian with systemd and sshd, booted in a container of this machine, as the tests of the program on hosts have it. */
final class DebianServer implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("e2e/suite/src/test/resources/host");
    private static final Duration BOOT = Duration.ofMinutes(2);
    private static final Duration OFTEN = Duration.ofMillis(200);

    private final String name = "bench" + ThreadLocalRandom.current().nextInt(10_000, 100_000);
    private final String network = "10.214." + ThreadLocalRandom.current().nextInt(1, 255);
    private final Path folder;
    private final Process process;

    private DebianServer(Path folder, String root) throws IOException {
        this.folder = folder;
        this.process = new ProcessBuilder(
                        "sh", SCRIPTS.resolve("boot-server.sh").toString(), name, root, folder.toString(), network, "")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile())
                .start();
    }

    /** Why this machine cannot have one, in a sentence; empty if it can. */
    static Optional<String> missing() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("only root may boot a server in a container");
        }
        return Stream.of("mmdebstrap", "systemd-nspawn", "ssh-keygen", "ip")
                .filter(tool -> Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                        .noneMatch(place -> Files.isExecutable(Path.of(place, tool))))
                .findFirst()
                .map(tool -> tool + " is not installed: apt-get install mmdebstrap systemd-container openssh-client"
                        + " iproute2");
    }

    /** Boots one; its root is made first where this machine has none yet. */
    static DebianServer boot() {
        try {
            String root = run("sh", SCRIPTS.resolve("make-root.sh").toString())
                    .lines()
                    .reduce("", (_, last) -> last);
            DebianServer server = new DebianServer(Files.createTempDirectory("bench-server-"), root);
            server.awaitNetwork();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives our end of its cable an address, as soon as there is one. */
    private void awaitNetwork() throws IOException {
        Path cable = Path.of("/sys/class/net", "ve-" + name);
        Instant end = Instant.now().plus(BOOT);
        while (!Files.exists(cable)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("the server did not boot: " + read("console.log"));
            }
            OperatorUnderTest.pause(OFTEN);
        }
        run("ip", "addr", "add", network + ".1/24", "dev", "ve-" + name);
        run("ip", "link", "set", "ve-" + name, "up");
    }

    /** How it is reached, once its SSH server is up. */
    SshServer reached() {
        return new SshServer(
                network + ".2", 22, "root", Set.of(read("host-key.pub")), SshIdentity.of(read("client-key")));
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IllegalStateException(
                    String.join(" ", new ArrayList<>(List.of(command))) + " ended with " + status);
        }
        return output;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            run("sh", SCRIPTS.resolve("clear-server.sh").toString(), name, folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
