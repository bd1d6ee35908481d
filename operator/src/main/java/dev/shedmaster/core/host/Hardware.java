package dev.shedmaster.core.host;

import java.util.List;

/**
 * What a server is made of, as the rescue system sees it.
 *
 * @param architecture {@code arm64} or {@code amd64}
 * @param cpus its hardware threads
 * @param memoryBytes what its system can use, some hundredths less than is built in
 */
public record Hardware(String architecture, int cpus, long memoryBytes, List<Disk> disks) {
    public Hardware {
        disks = List.copyOf(disks);
    }
}
