package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HardwareReport.DiskArray;
import dev.shedmaster.core.host.HardwareReport.FileSystem;
import dev.shedmaster.core.host.HardwareReport.MemoryErrors;
import dev.shedmaster.core.host.HardwareReport.Sensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rule that says what is wrong with a host's hardware. What was found is only over once it is clearly so, or a host would come and
 * go with each degree.
 *
 * @param ailments what is wrong, the worst first
 * @param unknown what the host does not tell, for a person
 */
public record Checkup(List<Ailment> ailments, List<String> unknown) {
    /** Nobody has looked yet. */
    public static final Checkup NONE = new Checkup(List.of(), List.of());

    /** The wear at which a disk still lasts months of what has worn it for years. */
    private static final int WORN_PERCENT = 80;

    private static final int WORN_OUT_PERCENT = 100;

    /** Memory that is well corrects a few errors a year. mcelog, which watches it on Linux, warns at ten in a day, too. */
    private static final long CORRECTED_A_DAY = 10;

    private static final long SECONDS_A_DAY = 86_400;

    /** How near to its limit a part is hot, and how far from it no more: fans and jobs move it by some degrees. */
    private static final double NEAR_DEGREES = 5;

    private static final double COOL_DEGREES = 10;

    /** As {@link Vitals}, which watches the workers' own space closely. */
    private static final double FULL = 0.05;

    private static final double FILLING = 0.10;
    private static final double ROOMY = 0.15;

    public Checkup {
        ailments = List.copyOf(ailments);
        unknown = List.copyOf(unknown);
    }

    /**
     * What is wrong.
     *
     * @param before what was found when it was looked at last: a part that does not answer now has what it had then
     */
    public static Checkup of(HardwareReport report, Checkup before) {
        Stream<Ailment> found = Stream.of(
                        report.disks().stream().flatMap(before::ofDisk),
                        report.memory().stream().flatMap(Checkup::ofMemory),
                        report.sensors().stream().flatMap(before::ofSensor),
                        report.fileSystems().flatMap(before::ofSpace),
                        report.fileSystems().flatMap(before::ofInodes),
                        report.arrays().stream().flatMap(Checkup::ofArray))
                .flatMap(some -> some);
        return new Checkup(found.sorted(Comparator.comparing(Ailment::kind)).toList(), notTold(report));
    }

    /** Why no further worker is to be put there: a sentence for each thing; none if nothing speaks against it. */
    public List<String> stopping() {
        return ailments.stream()
                .filter(ailment -> ailment.kind().stops())
                .map(Ailment::message)
                .toList();
    }

    private static List<String> notTold(HardwareReport report) {
        List<String> unknown = new ArrayList<>();
        if (report.disks().isEmpty()) {
            unknown.add("the disks' health (no disk is seen)");
        }
        report.disks().stream()
                .filter(disk -> !disk.silence().isEmpty())
                .map(disk -> "the health of " + disk.name() + " (" + disk.silence() + ")")
                .forEach(unknown::add);
        if (report.sensors().stream().noneMatch(Sensor::hasLimit)) {
            unknown.add("whether it is too hot (no sensor names its limit)");
        }
        if (report.memory().isEmpty()) {
            unknown.add("errors of its memory (the kernel counts none)");
        }
        return unknown;
    }

    private boolean had(AilmentKind kind, String part) {
        return ailments.stream()
                .anyMatch(ailment -> ailment.kind() == kind && ailment.part().equals(part));
    }

    private Stream<Ailment> ofDisk(DiskHealth disk) {
        String part = disk.device();
        if (!disk.silence().isEmpty()) {
            return ailments.stream().filter(ailment -> ailment.part().equals(part));
        }
        List<Ailment> found = new ArrayList<>();
        if (!disk.failings().isEmpty()) {
            found.add(new Ailment(
                    AilmentKind.DISK_FAILING,
                    part,
                    "the disk " + disk.name() + " says that it fails, and may lose what is on it: set "
                            + "spec.maintenance.enabled, and have the landlord replace it"));
        }
        if (disk.hasErrors()) {
            found.add(new Ailment(
                    AilmentKind.DISK_ERRORS,
                    part,
                    "the disk " + disk.name() + " has lost something, or replaced bad sectors: watch "
                            + "shedmaster_host_disk_errors, and have it replaced when they become more"));
        }
        Integer wear = disk.wearPercent();
        if (wear != null && wear >= WORN_PERCENT) {
            found.add(
                    new Ailment(
                            AilmentKind.DISK_WORN,
                            part,
                            "of what may be written to the disk " + disk.name() + ", "
                                    + (wear >= WORN_OUT_PERCENT ? "all" : WORN_PERCENT + " %")
                                    + " has been: have the landlord replace it in time; a worn-out one is not installed on again"));
        }
        if (disk.isTooHot()) {
            found.add(new Ailment(
                    AilmentKind.HOT,
                    part,
                    "the disk " + disk.name() + " is hotter than it should be: have the landlord look at the fans"));
        }
        return found.stream();
    }

    private static Stream<Ailment> ofMemory(MemoryErrors memory) {
        String part = memory.controller();
        if (memory.uncorrected() > 0) {
            return Stream.of(new Ailment(
                    AilmentKind.MEMORY_UNCORRECTABLE,
                    part,
                    "its memory (" + part
                            + ") has met errors since the boot that it could not correct: have the landlord "
                            + "replace the module; a reboot begins to count anew"));
        }
        long days = memory.seconds() == null ? 1 : Math.max(1, memory.seconds() / SECONDS_A_DAY);
        return memory.corrected() <= CORRECTED_A_DAY * days
                ? Stream.empty()
                : Stream.of(new Ailment(
                        AilmentKind.MEMORY_CORRECTING,
                        part,
                        "its memory (" + part + ") corrects more than " + CORRECTED_A_DAY
                                + " errors a day: have the landlord replace the module before it cannot"));
    }

    /** Too hot is only who was hot at the look before: processors touch their limit for a moment where all is well. */
    private Stream<Ailment> ofSensor(Sensor sensor) {
        String part = sensor.name();
        boolean wasTooHot = had(AilmentKind.OVERHEATED, part);
        boolean wasHot = wasTooHot || had(AilmentKind.HOT, part);
        if (wasTooHot ? sensor.isWithin(COOL_DEGREES) : wasHot && sensor.isWithin(0)) {
            return Stream.of(new Ailment(
                    AilmentKind.OVERHEATED,
                    part,
                    part + " has reached " + sensor.limit()
                            + " from which on nothing is vouched for: have the landlord " + "look at the fans"));
        }
        return sensor.isWithin(wasHot ? COOL_DEGREES : NEAR_DEGREES)
                ? Stream.of(new Ailment(
                        AilmentKind.HOT,
                        part,
                        part + " is near " + sensor.limit()
                                + " from which on nothing is vouched for: have the landlord " + "look at the fans"))
                : Stream.empty();
    }

    /** That workers' disks have no space left is told by {@link Vitals}, within seconds. */
    private Stream<Ailment> ofSpace(FileSystem files) {
        boolean isOfVitals = files.path().equals(Vitals.SCRATCH);
        String part = files.path() + " space";
        return filling(
                part,
                files.path(),
                "space",
                !isOfVitals && files.lacksSpace(had(AilmentKind.FILE_SYSTEM_FULL, part) ? FILLING : FULL),
                files.lacksSpace(had(AilmentKind.FILE_SYSTEM_FILLING, part) ? ROOMY : FILLING));
    }

    private Stream<Ailment> ofInodes(FileSystem files) {
        String part = files.path() + " inodes";
        return filling(
                part,
                files.path(),
                "inodes",
                files.lacksInodes(had(AilmentKind.FILE_SYSTEM_FULL, part) ? FILLING : FULL),
                files.lacksInodes(had(AilmentKind.FILE_SYSTEM_FILLING, part) ? ROOMY : FILLING));
    }

    private static Stream<Ailment> filling(String part, String path, String what, boolean isFull, boolean isFilling) {
        if (isFull) {
            return Stream.of(new Ailment(
                    AilmentKind.FILE_SYSTEM_FULL, part, path + " is nearly out of " + what + ": see what fills it"));
        }
        return isFilling
                ? Stream.of(new Ailment(
                        AilmentKind.FILE_SYSTEM_FILLING,
                        part,
                        path + " has little " + what + " left: see what fills it"))
                : Stream.empty();
    }

    private static Stream<Ailment> ofArray(DiskArray array) {
        return array.missing() == 0
                ? Stream.empty()
                : Stream.of(new Ailment(
                        AilmentKind.ARRAY_DEGRADED,
                        array.name(),
                        "the array " + array.name()
                                + " lacks a disk: see /proc/mdstat; have the landlord replace the one "
                                + "that fails, and add it (mdadm --add)"));
    }
}
