package dev.shedmaster.core.host;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the hardware of a host that serves says of itself. A list has nothing of what the host cannot tell, so that an empty one means
 * that nothing is known.
 *
 * @param disks those that are built in
 * @param sensors of its processors, disks and memory modules
 * @param memory what its memory controllers have counted
 * @param scratch the file system that workers' disks are on
 * @param root the system's own; null if it is the same one
 * @param arrays of disks that bear the loss of one; none if there are none
 */
public record HardwareReport(
        List<DiskHealth> disks,
        List<Sensor> sensors,
        List<MemoryErrors> memory,
        FileSystem scratch,
        @Nullable FileSystem root,
        List<DiskArray> arrays) {
    public HardwareReport {
        disks = List.copyOf(disks);
        sensors = List.copyOf(sensors);
        memory = List.copyOf(memory);
        arrays = List.copyOf(arrays);
    }

    Stream<FileSystem> fileSystems() {
        return Stream.of(scratch, root).flatMap(Stream::ofNullable);
    }

    /**
     * A sensor of temperature.
     *
     * @param name what Linux calls it
     * @param celsius what it says
     * @param criticalCelsius from where on its maker vouches for nothing; null if that is not told
     * @param alarm whether it says itself that this is reached; null if it does not say
     */
    public record Sensor(
            String name,
            double celsius,
            @Nullable Double criticalCelsius,
            @Nullable Boolean alarm) {

        boolean hasLimit() {
            return criticalCelsius != null || alarm != null;
        }

        /** Whether it is that near to its limit, or above it. One that only has an alarm tells nothing before it is reached. */
        boolean isWithin(double degrees) {
            return criticalCelsius == null ? Boolean.TRUE.equals(alarm) : celsius >= criticalCelsius - degrees;
        }

        String limit() {
            return criticalCelsius == null ? "the limit of its own" : "the " + Math.round(criticalCelsius) + " °C";
        }
    }

    /**
     * What a memory controller has counted since the boot, or since somebody has set it back.
     *
     * @param controller such as {@code mc0}
     * @param corrected errors that did no harm
     * @param uncorrected errors that whoever used the memory has met
     * @param seconds since when it counts; null if it does not say
     */
    public record MemoryErrors(
            String controller,
            long corrected,
            long uncorrected,
            @Nullable Long seconds) {}

    /**
     * A file system.
     *
     * @param path where it is
     * @param bytes its size
     * @param freeBytes what of it others than root may still write
     * @param inodes how many files it may have; null if it has no such limit
     * @param freeInodes how many of these are left; null with them
     */
    public record FileSystem(
            String path,
            long bytes,
            long freeBytes,
            @Nullable Long inodes,
            @Nullable Long freeInodes) {

        boolean lacksSpace(double share) {
            return freeBytes < bytes * share;
        }

        boolean lacksInodes(double share) {
            return inodes != null && freeInodes != null && freeInodes < inodes * share;
        }
    }

    /**
     * An array of disks.
     *
     * @param name such as {@code md0}
     * @param missing how many of its disks are not there, or are not written whole yet
     */
    public record DiskArray(String name, int missing) {}
}
