package dev.shedmaster.machine.host.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.slot.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest for Arm servers comes up from its disk, emulated, and says what it was given. */
class ArmGuestTest {

    @TempDir
    Path folder;

    @Test
    void itBootsItsDiskAndReadsItsConfiguration() throws Exception {
        Guest guest = guest(disk());
        try (RunningGuest running = RunningGuest.start(guest, folder);
                QmpClient control = running.control()) {
            control.ask("cont");
            // Its init turns it off, and with it ends QEMU.
            assertThat(running.exitStatus()).as(running.words()).isZero();
            assertThat(running.console().lines().map(String::strip))
                    .contains(
                            "GUEST aarch64 with 2 processors",
                            "CREDENTIAL agent.secret is one-shot",
                            "SEED #cloud-config",
                            "SEED instance-id: pool-x7k2p");
        }
    }

    /** A disk of our own over the one that is made once per machine. */
    private Path disk() throws Exception {
        for (Map.Entry<String, String> tool : Map.of(
                        "mmdebstrap",
                        "mmdebstrap",
                        "zstd",
                        "zstd",
                        "cpio",
                        "cpio",
                        "mkfs.vfat",
                        "dosfstools",
                        "mcopy",
                        "mtools",
                        "qemu-img",
                        "qemu-utils")
                .entrySet()) {
            RunningGuest.assumeInstalled(tool.getKey(), tool.getValue());
        }
        Path script = Path.of(Objects.requireNonNull(ArmGuestTest.class.getResource("/qemu/make-arm-guest.sh"))
                .toURI());
        Process making = new ProcessBuilder("sh", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(making.waitFor()).isZero();
        Path base = Path.of(said.strip()).resolve("disk.qcow2");
        Path disk = folder.resolve("disk.qcow2");
        RunningGuest.run(
                "qemu-utils",
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-F",
                "qcow2",
                "-b",
                base.toString(),
                disk.toString());
        return disk;
    }

    private Guest guest(Path disk) throws IOException, InterruptedException {
        Guest blank = RunningGuest.guest(folder, Architecture.ARM64, "one-shot");
        Path secret = Files.writeString(folder.resolve("secret"), "one-shot");
        return new Guest(
                blank.name(),
                blank.architecture(),
                blank.accelerator(),
                blank.cpus(),
                blank.memoryMib(),
                blank.firmware(),
                disk.toString(),
                new Guest.Configuration(seed().toString(), null, Map.of("agent.secret", secret.toString())),
                blank.network(),
                blank.controlSocket(),
                blank.console());
    }

    /** As cloud-init's NoCloud source has it. */
    private Path seed() throws IOException, InterruptedException {
        Path user = Files.writeString(folder.resolve("user-data"), "#cloud-config\n");
        Path meta = Files.writeString(folder.resolve("meta-data"), "instance-id: pool-x7k2p\n");
        Path seed = Files.write(folder.resolve("seed.img"), new byte[1 << 20]);
        RunningGuest.run("dosfstools", "mkfs.vfat", "-n", "cidata", seed.toString());
        RunningGuest.run("mtools", "mcopy", "-i", seed.toString(), user.toString(), meta.toString(), "::/");
        return seed;
    }
}
