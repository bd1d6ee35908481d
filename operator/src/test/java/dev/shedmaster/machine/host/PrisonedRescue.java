package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program of the rescue system, on two disks that are files. Whatever it does, this machine has no disks for it but those: it gets
 * a {@code /dev} of its own, with nothing else that could be written. Its root's home, its own programs and its firmware are the
 * test's, too.
 */
final class PrisonedRescue {
    private static final Path STATE = Path.of("/run/shedmaster-rescue");

    private static final String PRISON = """
            set -eu
            disks=$1
            folder=$2
            shift 2
            dev=$(mktemp -d)
            mount -t tmpfs none "$dev"
            for node in /dev/null /dev/zero /dev/random /dev/urandom $disks; do
                cp -a "$node" "$dev/"
            done
            mount --bind "$dev" /dev
            [ ! -e /dev/vda ] && [ ! -e /dev/sda ] && [ ! -e /dev/nvme0n1 ]
            mount --bind "$folder/home" /root
            mount --bind "$folder/programs" /usr/local/sbin
            mount --bind "$folder/firmware" /sys/firmware
            exec "$@"
            """;

    private final Path folder;
    private final List<String> loops = new ArrayList<>();

    /** How a program ended. */
    record Ended(int status, String output, String complaint) {}

    private PrisonedRescue(Path folder) {
        this.folder = folder;
    }

    /** Makes the disks, of 64 MiB each, in a folder that is empty; skips the test where that cannot be. */
    static PrisonedRescue make(Path folder) throws Exception {
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
        PrisonedRescue rescue = new PrisonedRescue(folder);
        for (String place : List.of("home", "programs", "firmware")) {
            Files.createDirectory(folder.resolve(place));
        }
        for (int i = 0; i < 2; i++) {
            run("truncate", "--size=64M", rescue.file(i).toString());
            Ended loop = tryRun("losetup", "--find", "--show", rescue.file(i).toString());
            assumeTrue(loop.status() == 0, () -> "there are no loop devices here: " + loop.complaint());
            rescue.loops.add(loop.output().strip());
        }
        return rescue;
    }

    /** A disk, by its path in the rescue system. */
    String disk(int number) {
        return loops.get(number);
    }

    /** The file that a disk is. */
    Path file(int number) {
        return folder.resolve("disk" + number);
    }

    /** Root's home in the rescue system. */
    Path home() {
        return folder.resolve("home");
    }

    /** Puts a program of shell where the rescue system has some. */
    void have(Path place, String text) throws IOException {
        Files.createDirectories(place.getParent());
        Files.writeString(place, text);
        assertThat(place.toFile().setExecutable(true)).isTrue();
    }

    /** Puts a program of shell on the path. */
    void have(String program, String text) throws IOException {
        have(folder.resolve("programs").resolve(program), text);
    }

    void bootByUefi() throws IOException {
        Files.createDirectory(folder.resolve("firmware/efi"));
    }

    /** What was begun in this boot is forgotten. */
    void reboot() throws Exception {
        run("rm", "-rf", STATE.toString());
    }

    /** An image of a disk, packed: a file system with what makes it a system, and nothing more. Unpacked it is {@link #raw}. */
    Path image() throws Exception {
        Path tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("etc/ssh"));
        Files.writeString(tree.resolve("etc/os-release"), "ID=debian\n");
        Files.writeString(tree.resolve("etc/ssh/ssh_host_ed25519_key.pub"), "a key that everybody has\n");
        run("truncate", "--size=40M", raw().toString());
        run("mkfs.ext4", "-q", "-F", "-d", tree.toString(), raw().toString());
        run("zstd", "-q", raw().toString());
        return folder.resolve("host.raw.zst");
    }

    Path raw() {
        return folder.resolve("host.raw");
    }

    /** The kind of an installation and what belongs to it, after what all have in common. */
    String order(String scratch, String facts) {
        return """
                owner t1 ci/host
                generation g1
                hostname host-1
                root %s
                key ssh-ed25519 AAAA operator
                """.formatted(disk(0)) + (scratch.isEmpty() ? "" : "scratch " + scratch + "\n") + facts;
    }

    Ended untilItEnds(String verb, String input) {
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> program(input, verb), ended -> !ended.output().startsWith("going"));
    }

    Ended program(String input, String... arguments) throws Exception {
        return withDisks(String.join(" ", loops), input, arguments);
    }

    Ended withDisks(String disks, String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SshRescueSystem.bundled(), "shedmaster-rescue"));
        command.addAll(List.of(arguments));
        return prisoned(disks, input, command);
    }

    /** Runs a line of shell, as root's shell would on the server. */
    Ended line(String line, String input) throws Exception {
        return prisoned(String.join(" ", loops), input, List.of("sh", "-c", line));
    }

    private Ended prisoned(String disks, String input, List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", PRISON, "prison"));
        command.addAll(List.of(String.join(" ", loops), folder.toString()));
        command.addAll(words);
        return run(command, Map.of("SHEDMASTER_DISKS", disks), input);
    }

    static Ended run(String... command) throws Exception {
        Ended ended = tryRun(command);
        assertThat(ended.status())
                .as(() -> String.join(" ", command) + ": " + ended)
                .isZero();
        return ended;
    }

    static Ended tryRun(String... command) throws Exception {
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

    /** Gives the disks back. */
    void close() throws Exception {
        for (String loop : loops) {
            tryRun("losetup", "--detach", loop);
        }
        if (!loops.isEmpty()) {
            reboot();
        }
    }
}
