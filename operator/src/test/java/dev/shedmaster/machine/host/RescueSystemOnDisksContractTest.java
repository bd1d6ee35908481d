package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.port.RescueSystem;
import dev.shedmaster.port.RescueSystemContract;
import dev.shedmaster.ssh.ScriptedServer;
import dev.shedmaster.ssh.ScriptedServer.Says;
import dev.shedmaster.ssh.SshConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program that real rescue systems are sent, over SSH and on disks that are files. It gets a {@code /dev} with those alone, so that
 * it cannot harm this machine.
 */
class RescueSystemOnDisksContractTest extends RescueSystemContract {
    private static final Path STATE = Path.of("/run/shedmaster-rescue");
    private static final String APART = """
            set -eu
            disks=$1
            dev=$(mktemp -d)
            mount -t tmpfs none "$dev"
            for node in /dev/null /dev/zero /dev/random /dev/urandom $disks; do
                cp -a "$node" "$dev/"
            done
            mount --bind "$dev" /dev
            [ ! -e /dev/vda ] && [ ! -e /dev/sda ] && [ ! -e /dev/nvme0n1 ]
            exec sh -c "$2"
            """;

    @TempDir
    Path folder;

    private final List<String> loops = new ArrayList<>();
    private final ScriptedServer server = new ScriptedServer(this::answer);
    private final SshConnections connections = new SshConnections(InstantSource.system(), new SimpleMeterRegistry());
    private final RescueSystem rescue = new SshRescueSystem(connections.to(server.asServer()));
    private ImageServer images;

    @BeforeEach
    void makeDisks() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may have disks that are files");
        for (String tool : List.of("losetup", "mkfs.ext4", "zstd", "curl", "wipefs", "blkid", "unshare")) {
            assumeTrue(
                    List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
                            .anyMatch(bin -> Files.isExecutable(Path.of(bin, tool))),
                    () -> tool + " is not installed: install the Debian packages util-linux, e2fsprogs, zstd and curl");
        }
        Says alone = run(Map.of(), "", "unshare", "--mount", "true");
        assumeTrue(alone.status() == 0, () -> "nobody may have mounts of his own here: " + alone.complaint());
        assumeTrue(Files.notExists(STATE), STATE + " is there: another installation may be under way");
        for (int i = 0; i < 2; i++) {
            String disk = folder.resolve("disk" + i).toString();
            must("truncate", "--size=64M", disk);
            Says loop = run(Map.of(), "", "losetup", "--find", "--show", disk);
            assumeTrue(loop.status() == 0, () -> "there are no loop devices here: " + loop.complaint());
            loops.add(loop.output().strip());
        }
        images = new ImageServer(madeImage());
    }

    /** A file system with what makes it a system, and nothing more. */
    private byte[] madeImage() throws IOException {
        Path tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("etc/ssh"));
        Files.writeString(tree.resolve("etc/os-release"), "ID=debian\n");
        String raw = folder.resolve("host.raw").toString();
        must("truncate", "--size=40M", raw);
        must("mkfs.ext4", "-q", "-F", "-d", tree.toString(), raw);
        must("zstd", "-q", raw);
        return Files.readAllBytes(folder.resolve("host.raw.zst"));
    }

    @AfterEach
    void removeDisks() {
        rescue.close();
        connections.close();
        server.close();
        if (images != null) {
            images.close();
        }
        loops.forEach(loop -> run(Map.of(), "", "losetup", "--detach", loop));
        if (!loops.isEmpty()) {
            must("rm", "-rf", STATE.toString());
        }
    }

    /** As root's shell would on the server. */
    private ScriptedServer.Answer answer(ScriptedServer.Call call) {
        String disks = String.join(" ", loops);
        return run(
                Map.of("SHEDMASTER_DISKS", disks),
                call.input(),
                "unshare",
                "--mount",
                "sh",
                "-c",
                APART,
                "apart",
                disks,
                call.line());
    }

    private static void must(String... command) {
        Says ended = run(Map.of(), "", command);
        assertThat(ended.status())
                .as(() -> String.join(" ", command) + ": " + ended)
                .isZero();
    }

    private static Says run(Map<String, String> environment, String input, String... command) {
        try {
            Path said = Files.createTempFile("said", "");
            Path complained = Files.createTempFile("complained", "");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectOutput(said.toFile())
                        .redirectError(complained.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                try (OutputStream in = process.getOutputStream()) {
                    in.write(input.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // It has ended without reading: its status tells why.
                    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                }
                assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
                return new Says(process.exitValue(), Files.readString(said), Files.readString(complained));
            } finally {
                Files.delete(said);
                Files.delete(complained);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected RescueSystem rescue() {
        return rescue;
    }

    @Override
    protected String rootDisk() {
        return loops.get(0);
    }

    @Override
    protected String scratchDisk() {
        return loops.get(1);
    }

    @Override
    protected String image() {
        return images.url();
    }

    @Override
    protected String sha256() {
        return images.sha256();
    }
}
