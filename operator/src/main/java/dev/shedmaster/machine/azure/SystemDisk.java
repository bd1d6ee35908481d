package dev.shedmaster.machine.azure;

import org.jspecify.annotations.Nullable;

/**
 * How large the disk that a machine runs from must be, for its jobs to find the space that they were promised. Beside them the
 * disk holds the system, and the file system keeps a part for itself.
 */
public final class SystemDisk {
    /** Flatcar's partitions beside the root take 6 GiB (its build_library/disk_layout.json); the agent's image comes on top. */
    private static final int SYSTEM = 8;

    /** ext4 reserves a twentieth for root, and its tables of inodes take a sixtieth. */
    private static final int FILE_SYSTEM_SHARE = 10;

    /** Ubuntu's image has 30 GiB, Flatcar's 35; Azure refuses a disk smaller than its image, and none need be named below it. */
    private static final int SMALLEST_IMAGE = 30;

    private static final int LARGEST_IMAGE = 35;

    private SystemDisk() {}

    /**
     * The disk's size in GiB; null if every usual image's own size will do.
     *
     * @param free what jobs may count on, in GiB
     */
    public static @Nullable Integer sizeFor(int free) {
        int size = free + Math.ceilDiv(free, FILE_SYSTEM_SHARE) + SYSTEM;
        return size <= SMALLEST_IMAGE ? null : Integer.valueOf(Math.max(size, LARGEST_IMAGE));
    }
}
