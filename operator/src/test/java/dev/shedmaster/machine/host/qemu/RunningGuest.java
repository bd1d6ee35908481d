package dev.shedmaster.machine.host.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.core.slot.Architecture;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A guest whose command is given to the QEMU of this machine, paused before its first instruction. */
final class RunningGuest implements AutoCloseable {
    /** A machine that others use, too, may be slow; only failures take this long. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Guest guest;
    private final Process process;
    private final Path words;

    private RunningGuest(Guest guest, Process process, Path words) {
        this.guest = guest;
        this.process = process;
        this.words = words;
    }

    /**
     * Makes what the guest needs, in a folder whose name has a comma in it.
     *
     * @param secret what its one credential holds
     */
    static Guest guest(Path folder, Architecture architecture, String secret) throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("w,1"));
        Path code = firmware(architecture, "CODE");
        Path variables = Files.copy(firmware(architecture, "VARS"), home.resolve("vars.fd"));
        Path disk = home.resolve("disk.qcow2");
        run("qemu-utils", "qemu-img", "create", "-q", "-f", "qcow2", disk.toString(), "64M");
        Path seed = Files.write(home.resolve("seed.img"), new byte[1 << 20]);
        return new Guest(
                "pool-x7k2p",
                architecture,
                Accelerator.TCG,
                2,
                256,
                new Firmware(code.toString(), variables.toString()),
                disk.toString(),
                new Guest.Configuration(
                        seed.toString(),
                        Files.writeString(home.resolve("config.ign"), "{}").toString(),
                        Map.of(
                                // As long as a name may be.
                                "secret-of-28-characters-long",
                                Files.writeString(home.resolve("secret"), secret)
                                        .toString())),
                new Network.UserMode(),
                home.resolve("control").toString(),
                home.resolve("console").toString());
    }

    private static Path firmware(Architecture architecture, String part) {
        Path file = Path.of(
                switch (architecture) {
                    case AMD64 -> "/usr/share/OVMF/OVMF_" + part + "_4M.fd";
                    case ARM64 -> "/usr/share/AAVMF/AAVMF_" + part + ".fd";
                });
        String debianPackage = architecture == Architecture.AMD64 ? "ovmf" : "qemu-efi-aarch64";
        assumeTrue(
                Files.exists(file),
                () -> file + " is not there: install the Debian package " + debianPackage + " to run this test");
        return file;
    }

    static void run(String debianPackage, String... command) throws IOException, InterruptedException {
        assumeInstalled(command[0], debianPackage);
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    static void assumeInstalled(String program, String debianPackage) {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                () -> program + " is not installed: install the Debian package " + debianPackage + " to run this test");
    }

    static RunningGuest start(Guest guest, Path folder) throws IOException {
        List<String> command = new ArrayList<>(QemuCommand.of(guest));
        assumeInstalled(
                command.getFirst(), guest.architecture() == Architecture.AMD64 ? "qemu-system-x86" : "qemu-system-arm");
        command.add("-S");
        Path words = folder.resolve("words");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(words.toFile())
                .start();
        return new RunningGuest(guest, process, words);
    }

    QmpClient control() {
        Path socket = Path.of(guest.controlSocket());
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> {
                            assertThat(process.isAlive()).as(words()).isTrue();
                            return new QmpClient(socket);
                        },
                        client -> true);
    }

    /** What QEMU itself says. */
    String words() throws IOException {
        return Files.readString(words);
    }

    /** What the guest says. */
    String console() throws IOException {
        return Files.readString(Path.of(guest.console()), StandardCharsets.ISO_8859_1);
    }

    void awaitOnConsole(String text) {
        await().atMost(PATIENCE).until(this::console, console -> console.contains(text));
    }

    /** What everybody on the host sees of it. */
    String commandLine() throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    }

    int exitStatus() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
