package dev.shedmaster.suite.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.machine.host.SshHostDriver;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.ssh.SshCommand;
import dev.shedmaster.ssh.SshConnection;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.ssh.SshIdentity;
import dev.shedmaster.ssh.SshResult;
import dev.shedmaster.ssh.SshServer;
import dev.shedmaster.suite.Program;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Debian server with systemd and sshd, for the tests of one class. It is a container on this machine: it has a
 * network, devices and a clock of its own kernel's, but no limits of memory and CPU where this machine's cgroups are
 * not those of systemd.
 */
final class BareServer implements BeforeAllCallback, AfterAllCallback {
    static final String INSTALLATION = "test";

    private static final Duration BOOT = Duration.ofMinutes(3);
    private static final Duration COMMAND = Duration.ofMinutes(1);

    private final String name = "bare" + ThreadLocalRandom.current().nextInt(10_000, 100_000);
    private final String network = "10.213." + ThreadLocalRandom.current().nextInt(1, 255);
    private final SshConnections connections = new SshConnections(InstantSource.system(), new SimpleMeterRegistry());

    private @Nullable Path folder;
    private @Nullable Process process;
    private @Nullable SshConnection shell;
    private @Nullable HostDriver driver;
    private String loop = "";

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may boot a server in a container");
        assumeInstalled(
                List.of("mmdebstrap", "systemd-nspawn", "ssh-keygen", "ip"),
                "with which a server is made and booted: apt-get install mmdebstrap systemd-container openssh-client"
                        + " iproute2");
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "this machine has no /dev/net/tun to hand on");
        String root = made("make-root.sh").toString();
        loop = freeLoopDevice();
        folder = Files.createTempDirectory("bare-server");
        process = new ProcessBuilder(path("boot-server.sh").toString(), name, root, folder().toString(), network, loop)
                .redirectErrorStream(true)
                .redirectOutput(folder().resolve("console.log").toFile())
                .start();
        awaitNetwork();
        shell = connections.to(asServer());
        driver = new SshHostDriver(connections.to(asServer()), INSTALLATION, InstantSource.system());
        await().atMost(BOOT).untilAsserted(() -> assertThat(run("true")).isInstanceOf(SshResult.Ended.class));
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        connections.close();
        Process booted = process;
        if (booted != null) {
            booted.destroy();
            if (!booted.waitFor(30, TimeUnit.SECONDS)) {
                booted.destroyForcibly().waitFor();
            }
        }
        if (folder != null) {
            script("clear-server.sh").run(name, folder.toString()).mustSucceed();
        }
    }

    /** What the operator would use. */
    HostDriver driver() {
        return Objects.requireNonNull(driver, "the server is not booted");
    }

    SshConnections connections() {
        return connections;
    }

    /** With which its administrator signs in. */
    String clientKey() {
        return read("client-key");
    }

    /** The server's own, as its administrator would copy it. */
    String hostKey() {
        return read("host-key.pub");
    }

    /** Takes its virtualisation away, as a firmware does in which it is switched off. */
    void losesKvm() {
        does("umount /dev/kvm 2>/dev/null; rm -f /dev/kvm");
    }

    /**
     * Has it say that its workers' limits hold, where they do not since this machine's cgroups are not those of systemd: for
     * tests that let an operator find it fit, and are about something else.
     */
    void saysThatLimitsHold() {
        does(
                "echo cpu memory pids > /run/controllers && mount --bind /run/controllers /sys/fs/cgroup/cgroup.controllers");
    }

    /** Puts an image of workers there. */
    void put(Path image, String name) throws IOException {
        Files.copy(image, folder().resolve("scratch/images").resolve(name));
    }

    /** How it is reached. */
    SshServer asServer() {
        return asServer(Set.of(hostKey()));
    }

    SshServer asServer(Set<String> hostKeys) {
        return new SshServer(address(), 22, "root", hostKeys, SshIdentity.of(clientKey()));
    }

    String address() {
        return network + ".2";
    }

    /** This machine's, as the server sees it: all the world there is beyond it. */
    String world() {
        return network + ".1";
    }

    /** This machine's end of the cable. */
    String cable() {
        return "ve-" + name;
    }

    /** The loop device that only this server uses; empty if there is none. */
    String loop() {
        return loop;
    }

    boolean hasRealKvm() {
        return Files.exists(Path.of("/dev/kvm"));
    }

    /** Runs a line of shell on the server, as its administrator would; it must succeed. */
    String does(String line) {
        SshResult result = run(line);
        if (result instanceof SshResult.Ended ended && ended.status() == 0) {
            return ended.output().strip();
        }
        throw new AssertionError(line + ": " + result);
    }

    /** What there still is of a worker beside its record. */
    String left(String name) {
        String suffix = name.substring(name.lastIndexOf('-') + 1);
        return does("ip -o link | grep sm-%1$s; ip netns list | grep %2$s; nft list tables | grep %2$s;"
                        .formatted(suffix, name)
                + " grep %1$s /proc/self/mountinfo; ls /var/lib/shedmaster/units /var/lib/shedmaster/trash 2>/dev/null | grep %1$s;"
                        .formatted(name)
                + " systemctl list-units --all --no-legend | grep %s; true".formatted(name));
    }

    private SshResult run(String line) {
        return Objects.requireNonNull(shell)
                .run(new SshCommand("shell", List.of("sh", "-c", line), COMMAND, 1024 * 1024));
    }

    /** Gives our end of the cable its address as soon as the server has plugged it in. */
    private void awaitNetwork() {
        Program ip = new Program(Path.of("ip"), List.of(), Map.of());
        await().atMost(BOOT).untilAsserted(() -> {
            assertThat(Objects.requireNonNull(process).isAlive())
                    .as(() -> "the server runs: " + read("console.log"))
                    .isTrue();
            assertThat(Path.of("/sys/class/net", cable())).exists();
        });
        ip.run("addr", "add", world() + "/24", "dev", cable()).mustSucceed();
        ip.run("link", "set", cable(), "up").mustSucceed();
    }

    private static String freeLoopDevice() {
        if (!Files.exists(Path.of("/dev/loop-control")) || !onThePath("losetup")) {
            return "";
        }
        Program.Outcome free = new Program(Path.of("losetup"), List.of(), Map.of()).run("--find");
        return free.status() == 0 ? free.output().strip() : "";
    }

    /** @param why what they are for, and how to get them */
    static void assumeInstalled(List<String> tools, String why) {
        for (String tool : tools) {
            assumeTrue(onThePath(tool), () -> tool + " is not installed, " + why);
        }
    }

    private static boolean onThePath(String tool) {
        return List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin").stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    /** The folder that a script says it has made. */
    static Path made(String script) {
        return Path.of(script(script)
                .run()
                .mustSucceed()
                .lines()
                .reduce((first, last) -> last)
                .orElseThrow());
    }

    private static Program script(String script) {
        return new Program(path(script), List.of(), Map.of());
    }

    private static Path path(String script) {
        URL found = Objects.requireNonNull(BareServer.class.getResource("/host/" + script), script);
        try {
            Path copy = Path.of(found.toURI());
            // Maven copies resources without the right to run them.
            assertThat(copy.toFile().setExecutable(true)).isTrue();
            return copy;
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Path folder() {
        return Objects.requireNonNull(folder, "the server is not booted");
    }

    private String read(String file) {
        try {
            return Files.readString(folder().resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
