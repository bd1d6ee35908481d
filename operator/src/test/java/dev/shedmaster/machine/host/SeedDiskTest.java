package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read by programs that we did not write. */
class SeedDiskTest {
    private static final byte[] USER_DATA = ("#cloud-config\n" + "x".repeat(3000)).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path written(Map<String, byte[]> files) throws IOException {
        return Files.write(folder.resolve("seed"), SeedDisk.of("CIDATA", files));
    }

    private static Map<String, byte[]> files() {
        return Map.of(
                "user-data",
                USER_DATA,
                "meta-data",
                "instance-id: sm-x\n".getBytes(StandardCharsets.UTF_8),
                "network-config",
                new byte[512],
                "empty",
                new byte[0]);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as(command[0] + " ends")
                .isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static void needs(String tool, String debianPackage) {
        boolean isThere =
                Files.isExecutable(Path.of("/usr/bin", tool)) || Files.isExecutable(Path.of("/usr/sbin", tool));
        assumeTrue(isThere, "there is no " + tool + ": install the Debian package " + debianPackage);
    }

    @Test
    void aCheckOfFileSystemsFindsNothingWrong() throws Exception {
        needs("fsck.fat", "dosfstools");
        // It counts the label as a file.
        assertThat(run("fsck.fat", "-n", "-v", written(files()).toString())).contains("5 files, 8/2048 clusters");
    }

    @Test
    void itsFilesAreFoundByTheirNames() throws Exception {
        needs("mcopy", "mtools");
        String disk = written(files()).toString();
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Path copy = folder.resolve("copy-" + file.getKey());
            run("mcopy", "-i", disk, "::" + file.getKey(), copy.toString());
            assertThat(Files.readAllBytes(copy)).as(file.getKey()).isEqualTo(file.getValue());
        }
    }

    /** As cloud-init looks for it. */
    @Test
    void itIsFoundByItsLabel() throws Exception {
        needs("blkid", "util-linux");
        assertThat(run(
                                "blkid",
                                "-p",
                                "-o",
                                "value",
                                "-s",
                                "LABEL",
                                written(files()).toString())
                        .strip())
                .isEqualTo("CIDATA");
    }

    @Test
    void whatHasNoRoomIsRefused() {
        assertThatThrownBy(() -> SeedDisk.of("CIDATA", Map.of("user-data", new byte[2 << 20])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a mebibyte");
    }
}
