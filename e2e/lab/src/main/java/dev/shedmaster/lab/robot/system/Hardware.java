package dev.shedmaster.lab.robot.system;

import dev.shedmaster.lab.robot.disk.DiskSpec;
import java.util.List;

/**
 * What a server is made of.
 *
 * @param cpus its hardware threads
 * @param memoryBytes what its system can use
 */
public record Hardware(int cpus, long memoryBytes, List<DiskSpec> disks) {
    private static final long GIB = 1L << 30;

    public Hardware {
        disks = List.copyOf(disks);
    }

    /** 80 cores and 256 GiB, of which the firmware keeps some, with two disks of 960 GB. */
    public static Hardware rx220(int server) {
        return new Hardware(80, 252 * GIB, DiskSpec.pairOf960Gb(server));
    }

    /** 12 threads and 64 GiB, of which the firmware keeps some, with two disks. */
    public static Hardware ax41(int server) {
        return new Hardware(12, 62 * GIB, DiskSpec.pairOf960Gb(server));
    }

    /** 96 threads of an AMD EPYC 9454P and 256 GB, of which the firmware keeps some, with two disks of 1.92 TB. */
    public static Hardware ax162(int server) {
        return new Hardware(96, 252 * GIB, DiskSpec.pairOf1920Gb(server));
    }
}
