package dev.shedmaster.lab.robot.disk;

import java.util.List;

/**
 * A disk as it is built in.
 *
 * @param device where Linux finds it, such as {@code /dev/nvme0n1}
 * @param wwn its worldwide name; may be empty
 * @param serial its serial number; may be empty
 * @param bytes its size
 */
public record DiskSpec(String device, String wwn, String serial, long bytes) {
    /** What is sold as 960 GB. */
    private static final long BYTES_OF_960_GB = 960_197_124_096L;
    /** What is sold as 1.92 TB. */
    private static final long BYTES_OF_1920_GB = 1_920_383_410_176L;

    /** The two disks of an RX220, as its users say; each server's have names of their own. */
    public static List<DiskSpec> pairOf960Gb(int server) {
        return List.of(nvme(server, 0, BYTES_OF_960_GB), nvme(server, 1, BYTES_OF_960_GB));
    }

    /** The two disks of a larger server. */
    public static List<DiskSpec> pairOf1920Gb(int server) {
        return List.of(nvme(server, 0, BYTES_OF_1920_GB), nvme(server, 1, BYTES_OF_1920_GB));
    }

    private static DiskSpec nvme(int server, int index, long bytes) {
        return new DiskSpec(
                "/dev/nvme" + index + "n1",
                "eui.%016x".formatted(((long) server << 8) + index),
                "S%07dN%d".formatted(server, index),
                bytes);
    }
}
