package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.host.HardwareReport.DiskArray;
import dev.shedmaster.core.host.HardwareReport.FileSystem;
import dev.shedmaster.core.host.HardwareReport.MemoryErrors;
import dev.shedmaster.core.host.HardwareReport.Sensor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckupTest {
    private static final String DISK = "/dev/nvme0n1";
    private static final long GIB = 1L << 30;
    private static final long DAY = 86_400;

    private Checkup last = Checkup.NONE;

    /** Looks once more. */
    private List<AilmentKind> kinds(HardwareReport report) {
        last = Checkup.of(report, last);
        return last.ailments().stream().map(Ailment::kind).toList();
    }

    @Test
    void nothingIsWrongOrUnknownWithAServerThatIsWell() {
        assertThat(Checkup.of(HardwareReports.well(), Checkup.NONE)).isEqualTo(Checkup.NONE);
    }

    @Test
    void aDiskThatSaysThatItFailsStopsTheHostAndIsNamed() {
        assertThat(kinds(HardwareReports.with(HardwareReports.failing(DISK))))
                .containsExactly(AilmentKind.DISK_FAILING);
        assertThat(last.stopping())
                .containsExactly("the disk /dev/nvme0n1 (S1) says that it fails, and may lose what is on it: set "
                        + "spec.maintenance.enabled, and have the landlord replace it");
        assertThat(kinds(HardwareReports.well())).isEmpty();
    }

    @Test
    void aDiskThatFailedAndNowIsSilentIsNotWell() {
        kinds(HardwareReports.with(HardwareReports.failing(DISK)));
        assertThat(kinds(HardwareReports.with(HardwareReports.silent(DISK)))).containsExactly(AilmentKind.DISK_FAILING);
        assertThat(last.unknown()).containsExactly("the health of /dev/nvme0n1 (it has not answered)");
        assertThat(kinds(HardwareReports.with(HardwareReports.silent("/dev/sda"))))
                .isEmpty();
    }

    @Test
    void wearIsToldFromEightyHundredthsOnAndStopsNobody() {
        assertThat(kinds(HardwareReports.with(HardwareReports.disk(DISK, 79, 1))))
                .isEmpty();
        assertThat(kinds(HardwareReports.with(HardwareReports.disk(DISK, 80, 1))))
                .containsExactly(AilmentKind.DISK_WORN);
        String nearly = last.ailments().getFirst().message();
        kinds(HardwareReports.with(HardwareReports.disk(DISK, 99, 1)));
        assertThat(last.ailments().getFirst().message())
                .as("a message that changes is written down")
                .isEqualTo(nearly)
                .contains("80 %");
        kinds(HardwareReports.with(HardwareReports.disk(DISK, 100, 1)));
        assertThat(last.ailments().getFirst().message()).contains(", all has been");
        assertThat(last.stopping()).isEmpty();
    }

    @Test
    void whatADiskHasLostOrReplacedIsWatched() {
        assertThat(kinds(HardwareReports.with(errors(0L, 0L)))).isEmpty();
        assertThat(kinds(HardwareReports.with(errors(1L, null)))).containsExactly(AilmentKind.DISK_ERRORS);
        assertThat(kinds(HardwareReports.with(errors(null, 1L)))).containsExactly(AilmentKind.DISK_ERRORS);
        assertThat(last.stopping()).isEmpty();
    }

    private static DiskHealth errors(@Nullable Long lost, @Nullable Long replaced) {
        return new DiskHealth(DISK, "S1", List.of(), false, null, null, null, lost, replaced, "");
    }

    @Test
    void aDiskThatIsTooHotForItselfIsHot() {
        DiskHealth hot = new DiskHealth(DISK, "S1", List.of(), true, 84, 7, 1L, 0L, null, "");
        assertThat(kinds(HardwareReports.with(hot))).containsExactly(AilmentKind.HOT);
        assertThat(last.stopping()).isEmpty();
    }

    @Test
    void anErrorThatTheMemoryCouldNotCorrectStopsTheHost() {
        assertThat(kinds(HardwareReports.with(HardwareReports.memory(0, 1))))
                .containsExactly(AilmentKind.MEMORY_UNCORRECTABLE);
        assertThat(last.stopping()).singleElement().asString().contains("mc0", "replace the module");
    }

    @Test
    void correctedErrorsCountByTheDay() {
        assertThat(kinds(HardwareReports.with(new MemoryErrors("mc0", 10, 0, 60L))))
                .isEmpty();
        assertThat(kinds(HardwareReports.with(new MemoryErrors("mc0", 11, 0, 60L))))
                .containsExactly(AilmentKind.MEMORY_CORRECTING);
        assertThat(kinds(HardwareReports.with(new MemoryErrors("mc0", 11, 0, null))))
                .containsExactly(AilmentKind.MEMORY_CORRECTING);
        assertThat(kinds(HardwareReports.with(new MemoryErrors("mc0", 20, 0, 2 * DAY))))
                .isEmpty();
        assertThat(kinds(HardwareReports.with(new MemoryErrors("mc0", 21, 0, 2 * DAY))))
                .containsExactly(AilmentKind.MEMORY_CORRECTING);
        assertThat(last.stopping()).isEmpty();
    }

    @Test
    void aProcessorIsHotNearItsLimitAndTooHotWhereItStaysThere() {
        assertThat(heated(94.9)).isEmpty();
        assertThat(heated(95)).containsExactly(AilmentKind.HOT);
        assertThat(heated(90.1)).as("it is not clearly over").containsExactly(AilmentKind.HOT);
        assertThat(heated(89.9)).isEmpty();

        assertThat(heated(100)).as("for a moment, where all is well").containsExactly(AilmentKind.HOT);
        assertThat(heated(100)).containsExactly(AilmentKind.OVERHEATED);
        assertThat(last.stopping()).singleElement().asString().startsWith("coretemp Package has reached the 100 °C");
        assertThat(heated(90.1)).containsExactly(AilmentKind.OVERHEATED);
        assertThat(heated(89.9)).isEmpty();
    }

    private List<AilmentKind> heated(double celsius) {
        return kinds(HardwareReports.with(HardwareReports.processor(celsius)));
    }

    @Test
    void aSensorThatHasAnAlarmAloneIsBelieved() {
        Sensor calm = new Sensor("apm_xgene SoC", 90, null, false);
        Sensor alarmed = new Sensor("apm_xgene SoC", 90, null, true);
        assertThat(kinds(HardwareReports.with(calm))).isEmpty();
        assertThat(last.unknown()).isEmpty();
        assertThat(kinds(HardwareReports.with(alarmed))).containsExactly(AilmentKind.HOT);
        assertThat(kinds(HardwareReports.with(alarmed))).containsExactly(AilmentKind.OVERHEATED);
        assertThat(kinds(HardwareReports.with(calm))).isEmpty();
    }

    @Test
    void aSensorWithoutALimitSaysNothingOfHeat() {
        assertThat(kinds(HardwareReports.with(new Sensor("k10temp Tctl", 140, null, null))))
                .isEmpty();
        assertThat(last.unknown()).containsExactly("whether it is too hot (no sensor names its limit)");
    }

    @Test
    void theSystemsOwnFileSystemMayNotFillUp() {
        assertThat(rooted(10)).isEmpty();
        assertThat(rooted(9)).containsExactly(AilmentKind.FILE_SYSTEM_FILLING);
        assertThat(rooted(14)).containsExactly(AilmentKind.FILE_SYSTEM_FILLING);
        assertThat(last.stopping()).isEmpty();
        assertThat(rooted(15)).isEmpty();
        assertThat(rooted(4)).containsExactly(AilmentKind.FILE_SYSTEM_FULL);
        assertThat(last.stopping()).containsExactly("/ is nearly out of space: see what fills it");
        assertThat(rooted(9)).containsExactly(AilmentKind.FILE_SYSTEM_FULL);
        assertThat(rooted(10)).isEmpty();
    }

    private List<AilmentKind> rooted(long freeGib) {
        FileSystem root = new FileSystem("/", 100 * GIB, freeGib * GIB, null, null);
        return kinds(HardwareReports.with(HardwareReports.scratch(500, 900_000), root));
    }

    /** Their space is looked at every few seconds. */
    @Test
    void theWorkersFileSystemIsStoppedForByItsInodesAlone() {
        FileSystem root = new FileSystem("/", 100 * GIB, 60 * GIB, 1_000_000L, 900_000L);
        assertThat(kinds(HardwareReports.with(HardwareReports.scratch(10, 900_000), root)))
                .containsExactly(AilmentKind.FILE_SYSTEM_FILLING);
        assertThat(kinds(HardwareReports.with(HardwareReports.scratch(500, 90_000), root)))
                .containsExactly(AilmentKind.FILE_SYSTEM_FILLING);
        assertThat(kinds(HardwareReports.with(HardwareReports.scratch(500, 40_000), root)))
                .containsExactly(AilmentKind.FILE_SYSTEM_FULL);
        assertThat(last.stopping()).containsExactly("/var/lib/shedmaster is nearly out of inodes: see what fills it");
    }

    @Test
    void anArrayThatLacksADiskServesOn() {
        assertThat(kinds(HardwareReports.with(new DiskArray("md0", 1)))).containsExactly(AilmentKind.ARRAY_DEGRADED);
        assertThat(last.stopping()).isEmpty();
    }

    @Test
    void theWorstIsToldFirst() {
        HardwareReport well = HardwareReports.well();
        assertThat(kinds(new HardwareReport(
                        List.of(HardwareReports.disk(DISK, 90, 1), HardwareReports.failing("/dev/nvme1n1")),
                        List.of(HardwareReports.processor(97)),
                        List.of(HardwareReports.memory(0, 3)),
                        well.scratch(),
                        well.root(),
                        List.of(new DiskArray("md0", 1)))))
                .containsExactly(
                        AilmentKind.DISK_FAILING,
                        AilmentKind.MEMORY_UNCORRECTABLE,
                        AilmentKind.ARRAY_DEGRADED,
                        AilmentKind.DISK_WORN,
                        AilmentKind.HOT);
    }

    @Test
    void aHostThatTellsNothingIsNotCalledWell() {
        HardwareReport bare = new HardwareReport(
                List.of(), List.of(), List.of(), HardwareReports.scratch(500, 900_000), null, List.of());
        assertThat(kinds(bare)).isEmpty();
        assertThat(last.unknown())
                .containsExactly(
                        "the disks' health (no disk is seen)",
                        "whether it is too hot (no sensor names its limit)",
                        "errors of its memory (the kernel counts none)");
    }
}
