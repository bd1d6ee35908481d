package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HardwareReport.DiskArray;
import dev.shedmaster.core.host.HardwareReport.FileSystem;
import dev.shedmaster.core.host.HardwareReport.MemoryErrors;
import dev.shedmaster.core.host.HardwareReport.Sensor;
import java.util.List;

/** What a server tells of its hardware; a test changes of it what it is about. */
public final class HardwareReports {
    private static final long GIB = 1L << 30;

    private HardwareReports() {}

    /** Two disks, of which an array is made, a processor, its memory, and a disk for workers. */
    public static HardwareReport well() {
        return new HardwareReport(
                List.of(disk("/dev/nvme0n1"), disk("/dev/nvme1n1")),
                List.of(processor(48)),
                List.of(memory(0, 0)),
                scratch(500, 900_000),
                new FileSystem("/", 100 * GIB, 60 * GIB, 1_000_000L, 900_000L),
                List.of(new DiskArray("md0", 0)));
    }

    public static HardwareReport with(DiskHealth first) {
        HardwareReport well = well();
        return new HardwareReport(
                List.of(first, well.disks().getLast()),
                well.sensors(),
                well.memory(),
                well.scratch(),
                well.root(),
                well.arrays());
    }

    public static HardwareReport with(Sensor sensor) {
        HardwareReport well = well();
        return new HardwareReport(
                well.disks(), List.of(sensor), well.memory(), well.scratch(), well.root(), well.arrays());
    }

    static HardwareReport with(MemoryErrors memory) {
        HardwareReport well = well();
        return new HardwareReport(
                well.disks(), well.sensors(), List.of(memory), well.scratch(), well.root(), well.arrays());
    }

    static HardwareReport with(FileSystem scratch, FileSystem root) {
        HardwareReport well = well();
        return new HardwareReport(well.disks(), well.sensors(), well.memory(), scratch, root, well.arrays());
    }

    static HardwareReport with(DiskArray array) {
        HardwareReport well = well();
        return new HardwareReport(
                well.disks(), well.sensors(), well.memory(), well.scratch(), well.root(), List.of(array));
    }

    public static DiskHealth disk(String device) {
        return disk(device, 7, 12_345);
    }

    public static DiskHealth disk(String device, int wear, long hours) {
        return new DiskHealth(device, "S1", List.of(), false, 41, wear, hours, 0L, null, "");
    }

    public static DiskHealth failing(String device) {
        return new DiskHealth(
                device, "S1", List.of("its self-assessment is that it fails"), false, 41, 7, 12_345L, 0L, null, "");
    }

    static DiskHealth silent(String device) {
        return new DiskHealth(device, "", List.of(), false, null, null, null, null, null, "it has not answered");
    }

    public static Sensor processor(double celsius) {
        return new Sensor("coretemp Package", celsius, 100.0, null);
    }

    static MemoryErrors memory(long corrected, long uncorrected) {
        return new MemoryErrors("mc0", corrected, uncorrected, 3_600L);
    }

    /** Of 1000 GiB and a million inodes. */
    static FileSystem scratch(long freeGib, long freeInodes) {
        return new FileSystem(Vitals.SCRATCH, 1000 * GIB, freeGib * GIB, 1_000_000L, freeInodes);
    }
}
