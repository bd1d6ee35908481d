package dev.shedmaster.lab.robot.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine is built of. Its disks and what its firmware remembers are files, which outlast every loss of power.
 *
 * @param rescue what its network boots
 * @param memoryMib its memory
 * @param disks its NVMe disks, as files, in their order
 * @param variables what its firmware remembers
 * @param folder where QEMU's sockets and what the machine says go; its path must be short
 */
public record Chassis(RescueFiles rescue, int memoryMib, List<Path> disks, Path variables, Path folder) {
    static final Path FIRMWARE_CODE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    private static final Path FIRMWARE_VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");

    public Chassis {
        disks = List.copyOf(disks);
    }

    /**
     * Builds one whose disks are blank.
     *
     * @param diskBytes the size of each disk; what was never written takes no room
     * @param folder where its files go; must exist
     */
    public static Chassis build(RescueFiles rescue, int memoryMib, List<Long> diskBytes, Path folder)
            throws IOException {
        List<Path> disks = new ArrayList<>();
        for (int i = 0; i < diskBytes.size(); i++) {
            Path disk = folder.resolve("disk" + i + ".raw");
            try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
                file.setLength(diskBytes.get(i));
            }
            disks.add(disk);
        }
        Path variables = Files.copy(FIRMWARE_VARIABLES, folder.resolve("variables.fd"));
        return new Chassis(rescue, memoryMib, disks, variables, folder);
    }

    /** By what a disk is named for good. */
    public static String serial(int disk) {
        return "LAB" + disk;
    }

    /** What the machine has said on its serial line, over all boots. */
    public Path console() {
        return folder.resolve("console.log");
    }

    Path controlSocket() {
        return folder.resolve("control");
    }

    Path authorizedKeys() {
        return folder.resolve("authorized_keys");
    }
}
