package dev.shedmaster.lab.robot.disk;

/** What is on a disk. */
public sealed interface DiskContent {

    /** Zeros. */
    record Blank() implements DiskContent {}

    /** Something that no firmware boots: an image that is half written, or somebody's data. */
    record Rubble() implements DiskContent {}

    /** An empty file system. */
    record FileSystem(String label) implements DiskContent {}

    /** A system that the firmware boots. */
    record Bootable(InstalledOs os) implements DiskContent {}
}
