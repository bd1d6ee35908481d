package dev.shedmaster.lab.robot.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The rescue system of the lab's machines: a small Debian that lives in memory, with the tools by which servers are
 * installed. It makes new host keys at each boot, and says them on its serial line.
 *
 * @param kernel as the firmware starts it
 * @param initrd all the rest
 */
public record RescueFiles(Path kernel, Path initrd) {
    /** What is needed to make them and to run machines, and in which Debian package each is. */
    private static final List<Path> NEEDED = List.of(
            Path.of("/usr/bin/mmdebstrap"),
            Path.of("/usr/bin/zstd"),
            Path.of("/usr/bin/cpio"),
            Path.of("/usr/bin/qemu-system-x86_64"),
            Chassis.FIRMWARE_CODE);

    /** What this machine lacks, in a sentence; empty if machines can be had. */
    public static Optional<String> missing() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("only root may make a rescue system and listen at port 22");
        }
        return NEEDED.stream()
                .filter(file -> !Files.exists(file))
                .findFirst()
                .map(file -> file + " is not there: apt-get install mmdebstrap zstd cpio qemu-system-x86 ovmf");
    }

    /**
     * Has them made, which takes some minutes, unless this machine has them already.
     *
     * @throws IOException if that does not succeed, with what it said
     */
    public static RescueFiles made() throws IOException {
        Path script = Files.createTempFile("make-rescue", ".sh");
        Path said = Files.createTempFile("make-rescue", ".log");
        try (InputStream text = RescueFiles.class.getResourceAsStream("/robot/make-rescue.sh")) {
            if (text == null) {
                throw new IOException("The lab's jar lacks robot/make-rescue.sh");
            }
            Files.write(script, text.readAllBytes());
            Process making = new ProcessBuilder("sh", script.toString())
                    .redirectError(said.toFile())
                    .start();
            making.getOutputStream().close();
            String output = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (making.onExit().join().exitValue() != 0) {
                throw new IOException("No rescue system could be made: " + Files.readString(said));
            }
            Path folder = Path.of(output.lines().reduce("", (_, last) -> last));
            return new RescueFiles(folder.resolve("vmlinuz"), folder.resolve("initrd"));
        } finally {
            Files.delete(script);
            Files.delete(said);
        }
    }
}
