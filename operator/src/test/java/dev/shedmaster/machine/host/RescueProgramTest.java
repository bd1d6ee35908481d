package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program of the rescue system itself, on disks that are files: it writes, marks and wipes them for real. That a server boots from
 * what it has written is not tried here.
 */
class RescueProgramTest {
    private static final Path STATE = Path.of("/run/shedmaster-rescue");

    /**
     * Whatever the program does, this machine has no disks for it but those: it gets a {@code /dev} of its own, with nothing else that
     * could be written.
     */
    private static final String PRISON = """
            set -eu
            disks=$1
            shift
            dev=$(mktemp -d)
            mount -t tmpfs none "$dev"
            for node in /dev/null /dev/zero /dev/random /dev/urandom $disks; do
                cp -a "$node" "$dev/"
            done
            mount --bind "$dev" /dev
            [ ! -e /dev/vda ] && [ ! -e /dev/sda ] && [ ! -e /dev/nvme0n1 ]
            exec "$@"
            """;

    @TempDir
    Path folder;

    private final List<String> loops = new ArrayList<>();
    private HttpServer web;
    private Path image;

    private record Ended(int status, String output, String complaint) {}

    @BeforeEach
    void prepare() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may have disks that are files");
        for (String tool : List.of("losetup", "mkfs.ext4", "zstd", "curl", "wipefs", "blkid")) {
            assumeTrue(
                    List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
                            .anyMatch(bin -> Files.isExecutable(Path.of(bin, tool))),
                    () -> tool + " is not installed: install the Debian packages util-linux, e2fsprogs, zstd and curl");
        }
        Ended alone = tryRun("unshare", "--mount", "true");
        assumeTrue(alone.status() == 0, () -> "nobody may have mounts of his own here: " + alone.complaint());
        assumeTrue(Files.notExists(STATE), STATE + " is there: another installation may be under way");
        for (int i = 0; i < 2; i++) {
            Path disk = folder.resolve("disk" + i);
            run("truncate", "--size=64M", disk.toString());
            Ended loop = tryRun("losetup", "--find", "--show", disk.toString());
            assumeTrue(loop.status() == 0, () -> "there are no loop devices here: " + loop.complaint());
            loops.add(loop.output().strip());
        }
        image = image();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/host.raw.zst", exchange -> {
            byte[] body = Files.readAllBytes(image);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        web.start();
    }

    @AfterEach
    void cleanUp() throws Exception {
        if (web != null) {
            web.stop(0);
        }
        for (String loop : loops) {
            tryRun("losetup", "--detach", loop);
        }
        if (!loops.isEmpty()) {
            tryRun("rm", "-rf", STATE.toString());
        }
    }

    /** A file system with what makes it a system, and nothing more. */
    private Path image() throws Exception {
        Path tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("etc/ssh"));
        Files.writeString(tree.resolve("etc/os-release"), "ID=debian\n");
        Files.writeString(tree.resolve("etc/ssh/ssh_host_ed25519_key.pub"), "a key that everybody has\n");
        Path raw = folder.resolve("host.raw");
        run("truncate", "--size=40M", raw.toString());
        run("mkfs.ext4", "-q", "-F", "-d", tree.toString(), raw.toString());
        run("zstd", "-q", raw.toString());
        return folder.resolve("host.raw.zst");
    }

    private String order(Map<String, String> changes) throws Exception {
        StringBuilder text = new StringBuilder("kind raw\n");
        Map.of(
                        "owner",
                        "t1 ci/host",
                        "generation",
                        "g1",
                        "hostname",
                        "host-1",
                        "image",
                        "http://127.0.0.1:" + web.getAddress().getPort() + "/host.raw.zst",
                        "sha256",
                        sha256(image),
                        "root",
                        loops.get(0),
                        "scratch",
                        loops.get(1),
                        "key",
                        "ssh-ed25519 AAAA operator")
                .forEach((key, value) -> text.append(key)
                        .append(' ')
                        .append(changes.getOrDefault(key, value))
                        .append('\n'));
        return text.toString();
    }

    @Test
    void anImageIsWrittenMarkedAndItsKeysAreItsOwn() throws Exception {
        Ended ended = untilItEnds("install", order(Map.of()));
        assertThat(ended).isEqualTo(new Ended(0, "done\n", ""));

        Ended keys = program("", "keys");
        assertThat(keys.output()).startsWith("ssh-ed25519 AAAA").doesNotContain("everybody");
        assertThat(program("", "disks").output())
                .contains("\"device\":\"" + loops.get(0) + "\"", "\"owner\":\"t1 ci/host\"");
        Path place = Files.createDirectory(folder.resolve("place"));
        run("mount", "-o", "ro,noload", loops.get(0), place.toString());
        try {
            assertThat(place.resolve("etc/shedmaster/host")).hasContent("owner t1 ci/host\ngeneration g1\n");
            assertThat(place.resolve("etc/hostname")).hasContent("host-1\n");
            assertThat(place.resolve("root/.ssh/authorized_keys")).hasContent("ssh-ed25519 AAAA operator\n");
            assertThat(Files.readString(place.resolve("etc/ssh/ssh_host_ed25519_key.pub")))
                    .isEqualTo(keys.output().lines().findFirst().orElseThrow() + "\n");
        } finally {
            run("umount", place.toString());
        }
        assertThat(run("blkid", "--probe", "--match-tag", "LABEL", "--output", "value", loops.get(1))
                        .output())
                .isEqualTo("shedmaster\n");
    }

    @Test
    void askedAgainItIsNotWrittenAgain() throws Exception {
        untilItEnds("install", order(Map.of()));
        String keys = program("", "keys").output();

        assertThat(untilItEnds("install", order(Map.of("generation", "g2"))).output())
                .isEqualTo("done\n");
        assertThat(program("", "keys").output()).isEqualTo(keys);
    }

    @Test
    void whatIsNotTheImageIsUnmadeAgain() throws Exception {
        Ended ended = untilItEnds("install", order(Map.of("sha256", "00ff")));

        assertThat(ended.status()).isEqualTo(8);
        assertThat(ended.complaint()).contains("has the checksum " + sha256(image), "and spec.image says 00ff");
        assertThat(isZero(folder.resolve("disk0"))).isTrue();
    }

    @Test
    void anImageThatIsNotThereIsToldApart() throws Exception {
        String nowhere = "http://127.0.0.1:" + web.getAddress().getPort() + "/none.zst";

        Ended ended = untilItEnds("install", order(Map.of("image", nowhere)));

        assertThat(ended.status()).isEqualTo(7);
        assertThat(ended.complaint()).contains(nowhere + " cannot be fetched");
    }

    @Test
    void aDiskThatIsNotThereOrInUseIsNotWritten() throws Exception {
        Ended ended = untilItEnds("install", order(Map.of("root", "eui.99")));
        assertThat(ended).isEqualTo(new Ended(3, "", "no disk is called eui.99\n"));

        run("rm", "-rf", STATE.toString());
        run("mkfs.ext4", "-q", "-F", loops.get(1));
        Path place = Files.createDirectory(folder.resolve("place"));
        run("mount", loops.get(1), place.toString());
        try {
            assertThat(untilItEnds("install", order(Map.of())))
                    .isEqualTo(new Ended(3, "", loops.get(1) + " is mounted here: it is not written\n"));
        } finally {
            run("umount", place.toString());
        }
    }

    @Test
    void wipedDisksHoldNothing() throws Exception {
        run("cp", folder.resolve("host.raw").toString(), folder.resolve("disk0").toString());
        assertThat(isZero(folder.resolve("disk0"))).isFalse();

        assertThat(untilItEnds("wipe", "")).isEqualTo(new Ended(0, "done\n", ""));
        assertThat(isZero(folder.resolve("disk0"))).isTrue();
        assertThat(isZero(folder.resolve("disk1"))).isTrue();
    }

    @Test
    void nothingIsDestroyedOutsideOfARescueSystem() throws Exception {
        for (String verb : List.of("install", "wipe")) {
            Ended ended = withDisks("", "", verb);
            assertThat(ended.status()).isEqualTo(5);
            assertThat(ended.complaint()).contains("and no rescue system");
        }
        assertThat(program("", "reboot", "another-boot").status()).isEqualTo(5);
        assertThat(program("", "format").status()).isEqualTo(3);
    }

    @Test
    void itPassesShellcheck() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")), "shellcheck is not installed");
        Path file = Files.writeString(folder.resolve("program"), SshRescueSystem.bundled());

        assertThat(tryRun("shellcheck", "--shell=sh", file.toString())).isEqualTo(new Ended(0, "", ""));
        assertThat(SshRescueSystem.bundled().lines().filter(line -> line.length() > 120))
                .isEmpty();
    }

    private Ended untilItEnds(String verb, String input) {
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> program(input, verb), ended -> !ended.output().startsWith("going"));
    }

    private Ended program(String input, String... arguments) throws Exception {
        return withDisks(String.join(" ", loops), input, arguments);
    }

    private Ended withDisks(String disks, String input, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", PRISON, "prison", String.join(" ", loops)));
        command.addAll(List.of("sh", "-c", SshRescueSystem.bundled(), "shedmaster-rescue"));
        command.addAll(List.of(arguments));
        return run(command, Map.of("SHEDMASTER_DISKS", disks), input);
    }

    private static Ended run(String... command) throws Exception {
        Ended ended = tryRun(command);
        assertThat(ended.status())
                .as(() -> String.join(" ", command) + ": " + ended)
                .isZero();
        return ended;
    }

    private static Ended tryRun(String... command) throws Exception {
        return run(List.of(command), Map.of(), "");
    }

    private static Ended run(List<String> command, Map<String, String> environment, String input) throws Exception {
        Path said = Files.createTempFile("said", "");
        Path complained = Files.createTempFile("complained", "");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(said.toFile()).redirectError(complained.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It has ended without reading: its status tells why.
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return new Ended(process.exitValue(), Files.readString(said), Files.readString(complained));
        } finally {
            Files.delete(said);
            Files.delete(complained);
        }
    }

    private static boolean isZero(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (byte one : bytes) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
