package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.core.host.DiskHealth;
import dev.shedmaster.core.host.HardwareReport;
import dev.shedmaster.core.host.HardwareReport.DiskArray;
import dev.shedmaster.core.host.HardwareReport.FileSystem;
import dev.shedmaster.core.host.HardwareReport.MemoryErrors;
import dev.shedmaster.core.host.HardwareReport.Sensor;
import dev.shedmaster.port.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the program makes of a server's hardware, with files in the place of Linux's {@code /sys} and a script in that of smartctl.
 *
 * <p>What smartctl prints has the shape that smartmontools' own printers (its {@code nvmeprint.cpp} and {@code ataprint.cpp}, 7.3) give
 * it, shortened to what is read; that a device is unknown to it was seen of smartctl 7.3. The files of {@code /sys} are those of Linux'
 * documents {@code hwmon/sysfs-interface}, {@code ABI/testing/sysfs-devices-edac} and {@code admin-guide/md}.
 */
class HostHealthProgramTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String NVME = """
            {"json_format_version":[1,0],"smartctl":{"version":[7,3],"exit_status":0},
            "device":{"name":"/dev/nvme0n1","info_name":"/dev/nvme0n1","type":"nvme","protocol":"NVMe"},
            "model_name":"SAMSUNG MZQL2960HCJR-00A07","serial_number":"S64FNE0R1","firmware_version":"GDC5602Q",
            "smart_status":{"passed":true,"nvme":{"value":0}},
            "nvme_smart_health_information_log":{"critical_warning":0,"temperature":43,"available_spare":100,
            "available_spare_threshold":10,"percentage_used":7,"power_cycles":12,"power_on_hours":21345,
            "unsafe_shutdowns":5,"media_errors":0,"num_err_log_entries":3},
            "temperature":{"current":43},"power_cycle_count":12,"power_on_time":{"hours":21345}}
            """;

    private static final String SATA = """
            {"json_format_version":[1,0],"smartctl":{"version":[7,3],"exit_status":0},
            "device":{"name":"/dev/sda","info_name":"/dev/sda [SAT]","type":"sat","protocol":"ATA"},
            "model_name":"Micron_5300_MTFDDAK480TDT","serial_number":"2029E2A1","rotation_rate":0,
            "smart_status":{"passed":true},
            "ata_smart_attributes":{"revision":16,"table":[
            {"id":5,"name":"Reallocated_Sector_Ct","value":100,"worst":100,"thresh":10,"raw":{"value":4,"string":"4"}},
            {"id":9,"name":"Power_On_Hours","value":100,"worst":100,"thresh":0,"raw":{"value":9000,"string":"9000"}},
            {"id":197,"name":"Current_Pending_Sector","value":100,"worst":100,"thresh":0,"raw":{"value":2,"string":"2"}},
            {"id":198,"name":"Offline_Uncorrectable","value":100,"worst":100,"thresh":0,"raw":{"value":1,"string":"1"}},
            {"id":202,"name":"Percent_Lifetime_Remain","value":82,"worst":82,"thresh":1,"raw":{"value":18,"string":"18"}}]},
            "power_on_time":{"hours":9000},"temperature":{"current":31}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws IOException {
        String program = HostProgram.bundled()
                .text()
                .replace("sys=/sys\n", "sys=" + folder.resolve("sys") + "\n")
                .replace("state=/run/shedmaster\n", "state=" + folder.resolve("run") + "\n")
                .replace("scratch=/var/lib/shedmaster\n", "scratch=" + folder.resolve("scratch") + "\n")
                .replace("patience=10\n", "patience=" + PATIENCE.toSeconds() + "\n")
                .replace("PATH=/usr/local/sbin:", "PATH=" + folder.resolve("programs") + ":");
        assertThat(program).doesNotContain("\nsys=/sys\n", "\nstate=/run", "\nscratch=/var", "\npatience=10");
        Files.writeString(folder.resolve("program"), program);
        Files.createDirectory(folder.resolve("programs"));
        Files.createDirectory(folder.resolve("sys"));
    }

    private void sys(String path, String content) throws IOException {
        Path file = folder.resolve("sys").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    private void disk(String name) throws IOException {
        sys("block/" + name + "/size", "1875385008");
        sys("block/" + name + "/removable", "0");
        sys("block/" + name + "/device/model", "a disk");
    }

    /** What smartctl does, for a disk of that name. */
    private void smartctl(String... cases) throws IOException {
        Path script = folder.resolve("programs/smartctl");
        Files.writeString(script, "#!/bin/sh\ncase \"$*\" in\n" + String.join("\n", cases) + "\nesac\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private static String prints(String disk, String document, int status) {
        return "'--json=c --info --health --attributes /dev/" + disk + "') echo '" + document.replace("\n", "")
                + "'; exit " + status + " ;;";
    }

    private HardwareReport health(String shell) throws Exception {
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(shell.split(" ")),
                                Stream.of(folder.resolve("program").toString(), "health"))
                        .toList())
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(complaint).isZero();
        assertThat(complaint).isEmpty();
        assertThat(output.lines()).hasSize(1);
        if (HealthDocument.read(output) instanceof Outcome.Done<HealthDocument>(HealthDocument document)) {
            return document.report();
        }
        throw new AssertionError("unreadable: " + output);
    }

    private static List<String> shells() {
        List<String> shells = new ArrayList<>();
        for (String shell : List.of("dash", "busybox sh")) {
            String program = shell.split(" ")[0];
            assumeTrue(
                    Files.isExecutable(Path.of("/bin", program)),
                    () -> program + " is not installed: install the Debian packages dash and busybox-static");
            shells.add(shell);
        }
        return shells;
    }

    @Test
    void disksTellTheirHealthWearHoursAndErrors() throws Exception {
        disk("nvme0n1");
        disk("sda");
        smartctl(prints("nvme0n1", NVME, 0), prints("sda", SATA, 64));
        for (String shell : shells()) {
            assertThat(health(shell).disks())
                    .containsExactly(
                            new DiskHealth("/dev/nvme0n1", "S64FNE0R1", List.of(), false, 43, 7, 21_345L, 0L, null, ""),
                            new DiskHealth("/dev/sda", "2029E2A1", List.of(), false, 31, 18, 9_000L, 2L, 4L, ""));
        }
    }

    @Test
    void whatIsNoDiskOfTheServersIsNotAsked() throws Exception {
        disk("nvme0n1");
        sys("block/loop0/size", "8");
        sys("block/md0/size", "8");
        disk("sr0");
        disk("nvme0c0n1");
        sys("block/nvme0c0n1/hidden", "1");
        disk("sdb");
        sys("block/sdb/removable", "1");
        disk("sdc");
        sys("block/sdc/size", "0");
        smartctl(prints("nvme0n1", NVME, 0), "*) echo \"$*\" >> " + folder.resolve("asked") + " ;;");
        assertThat(health("dash").disks()).extracting(DiskHealth::device).containsExactly("/dev/nvme0n1");
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"value\":8,\"media_read_only\":true",
                "\"value\":10,\"media_read_only\":true",
                "\"value\":4,\"reliability_degraded\":true"
            })
    void aDiskThatFailsSaysSo(String warning) throws Exception {
        disk("nvme0n1");
        smartctl(prints(
                "nvme0n1",
                NVME.replace("\"passed\":true,\"nvme\":{\"value\":0}", "\"passed\":false,\"nvme\":{" + warning + "}"),
                8));
        assertThat(health("dash").disks())
                .singleElement()
                .extracting(DiskHealth::failings)
                .isEqualTo(List.of("its self-assessment is that it fails"));
    }

    /** smartctl says of it that it has failed. */
    @Test
    void aDiskThatIsOnlyTooHotDoesNotFail() throws Exception {
        disk("nvme0n1");
        smartctl(prints(
                "nvme0n1",
                NVME.replace(
                        "\"passed\":true,\"nvme\":{\"value\":0}",
                        "\"passed\":false,\"nvme\":{\"value\":2,\"temperature_above_or_below_threshold\":true}"),
                8));
        assertThat(health("dash").disks()).singleElement().satisfies(disk -> {
            assertThat(disk.failings()).isEmpty();
            assertThat(disk.isTooHot()).isTrue();
        });
    }

    @Test
    void aDiskOfFewSpareBlocksFails() throws Exception {
        disk("nvme0n1");
        smartctl(prints("nvme0n1", NVME.replace("\"available_spare\":100", "\"available_spare\":9"), 8));
        assertThat(health("dash").disks())
                .singleElement()
                .extracting(DiskHealth::failings)
                .isEqualTo(List.of("it has 9 % of its spare blocks left"));
    }

    @Test
    void whatIsNotKnownOfADiskSaysWhy() throws Exception {
        disk("nvme0n1");
        disk("sda");
        disk("sdb");
        disk("vda");
        smartctl(
                prints("nvme0n1", NVME, 0),
                "*/dev/sda) echo 'smartctl: unrecognized option'; exit 1 ;;",
                "*/dev/sdb) printf '{\"smartctl\":'; exec sleep 1000 ;;",
                prints(
                        "vda",
                        "{\"json_format_version\":[1,0],\"smartctl\":{\"version\":[7,3],\"messages\":[{\"string\":"
                                + "\"/dev/vda: Unable to detect device type\",\"severity\":\"error\"}],\"exit_status\":1}}",
                        1));
        for (String shell : shells()) {
            assertThat(health(shell).disks())
                    .extracting(DiskHealth::silence)
                    .satisfiesExactly(
                            well -> assertThat(well).isEmpty(),
                            old -> assertThat(old).contains("tells no JSON"),
                            stuck -> assertThat(stuck).contains("2 s"),
                            unknown -> assertThat(unknown).isEqualTo("/dev/vda: Unable to detect device type"));
        }
    }

    /** As where a disk holds it inside of the kernel. */
    @Test
    void whoCannotEvenBeKilledHoldsUpNobodyAndIsNotJoined() throws Exception {
        disk("nvme0n1");
        disk("sda");
        Path calls = folder.resolve("calls");
        smartctl(prints("nvme0n1", NVME, 0), "*/dev/sda) trap '' TERM; echo $$ >> " + calls + "; exec sleep 1000 ;;");
        Path timeout = folder.resolve("programs/timeout");
        Files.writeString(timeout, "#!/bin/sh\nshift 3\nexec \"$@\"\n");
        assertThat(timeout.toFile().setExecutable(true)).isTrue();
        try {
            for (int call = 0; call < 2; call++) {
                assertThat(health("dash").disks())
                        .extracting(DiskHealth::silence)
                        .containsExactly("", "it has not answered in 2 s");
            }
            assertThat(Files.readAllLines(calls)).hasSize(1);
        } finally {
            for (String process : Files.readAllLines(calls)) {
                ProcessHandle.of(Long.parseLong(process)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void aHostWithoutSmartctlSensorsAndCountersTellsNothingOfThem() throws Exception {
        disk("sda");
        // Whatever this machine has of its own.
        Files.writeString(
                folder.resolve("program"),
                Files.readString(folder.resolve("program")).replace("command -v smartctl", "command -v no-smartctl"));
        for (String shell : shells()) {
            HardwareReport report = health(shell);
            assertThat(report.disks()).extracting(DiskHealth::silence).containsExactly("the host has no smartctl");
            assertThat(report.sensors()).isEmpty();
            assertThat(report.memory()).isEmpty();
            assertThat(report.arrays()).isEmpty();
        }
    }

    @Test
    void sensorsTellTheirLimitsWhereTheyHaveSome() throws Exception {
        sys("class/hwmon/hwmon0/name", "coretemp");
        sys("class/hwmon/hwmon0/temp1_input", "48500");
        sys("class/hwmon/hwmon0/temp1_label", "Package id 0");
        sys("class/hwmon/hwmon0/temp1_crit", "100000");
        sys("class/hwmon/hwmon0/temp1_crit_alarm", "0");
        sys("class/hwmon/hwmon1/name", "k10temp");
        sys("class/hwmon/hwmon1/temp1_input", "-2000");
        sys("class/hwmon/hwmon1/temp1_label", "Tctl");
        sys("class/hwmon/hwmon2/name", "apm_xgene");
        sys("class/hwmon/hwmon2/temp1_input", "51000");
        sys("class/hwmon/hwmon2/temp1_label", "SoC Temperature");
        sys("class/hwmon/hwmon2/temp1_critical_alarm", "1");
        // A board's: of pins with nothing on them.
        sys("class/hwmon/hwmon3/name", "nct6775");
        sys("class/hwmon/hwmon3/temp1_input", "127000");
        sys("class/hwmon/hwmon3/temp1_crit", "100000");
        sys("class/hwmon/hwmon4/name", "nvme");
        sys("class/hwmon/hwmon4/temp1_input", "not read");
        Files.createDirectories(folder.resolve("sys/devices/nvme1"));
        sys("class/hwmon/hwmon5/name", "nvme");
        sys("class/hwmon/hwmon5/temp1_input", "43850");
        sys("class/hwmon/hwmon5/temp1_label", "Composite");
        Files.createSymbolicLink(folder.resolve("sys/class/hwmon/hwmon5/device"), Path.of("../../../devices/nvme1"));
        for (String shell : shells()) {
            assertThat(health(shell).sensors().stream()
                            .map(sensor -> new Sensor(
                                    sensor.name().replace(" device ", " "),
                                    sensor.celsius(),
                                    sensor.criticalCelsius(),
                                    sensor.alarm())))
                    .containsExactly(
                            new Sensor("coretemp Package id 0", 48.5, 100.0, false),
                            new Sensor("k10temp Tctl", -2, null, null),
                            new Sensor("apm_xgene SoC Temperature", 51, null, true),
                            new Sensor("nvme nvme1 Composite", 43.85, null, null));
        }
    }

    @Test
    void memoryErrorsAndArraysAreCounted() throws Exception {
        sys("devices/system/edac/mc/mc0/ce_count", "3");
        sys("devices/system/edac/mc/mc0/ue_count", "1");
        sys("devices/system/edac/mc/mc0/seconds_since_reset", "86400");
        sys("devices/system/edac/mc/mc1/ce_count", "0");
        sys("devices/system/edac/mc/mc1/ue_count", "0");
        sys("block/md0/md/degraded", "1");
        sys("block/md127/md/degraded", "0");
        sys("block/md1/md/level", "raid0");
        for (String shell : shells()) {
            HardwareReport report = health(shell);
            assertThat(report.memory())
                    .containsExactly(new MemoryErrors("mc0", 3, 1, 86_400L), new MemoryErrors("mc1", 0, 0, null));
            assertThat(report.arrays()).containsExactly(new DiskArray("md0", 1), new DiskArray("md127", 0));
        }
    }

    @Test
    void fileSystemsTellTheirSpaceAndInodes() throws Exception {
        for (String shell : shells()) {
            FileSystem scratch = health(shell).scratch();
            assertThat(scratch.path()).isEqualTo(folder.resolve("scratch").toString());
            assertThat(scratch.bytes()).isGreaterThan(scratch.freeBytes());
            assertThat(scratch.freeBytes()).isPositive();
        }
        Path df = folder.resolve("programs/df");
        Files.writeString(df, """
                #!/bin/sh
                case "$*" in
                    "-Pk /") set -- 1000 600 400 / ;;
                    "-Pk "*) set -- 2000 600 1400 /scratch ;;
                    "-Pi /") set -- 0 0 0 / ;;
                    "-Pi "*) set -- 500 100 400 /scratch ;;
                esac
                echo "Filesystem a b c Capacity Mounted on"
                echo "/dev/x $1 $2 $3 40% $4"
                """);
        assertThat(df.toFile().setExecutable(true)).isTrue();
        String scratch = folder.resolve("scratch").toString();
        // The shell of busybox takes its own in any case.
        HardwareReport report = health("dash");
        assertThat(report.scratch()).isEqualTo(new FileSystem(scratch, 2_048_000, 1_433_600, 500L, 400L));
        assertThat(report.root()).isEqualTo(new FileSystem("/", 1_024_000, 409_600, null, null));
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        disk("nvme0n1");
        smartctl(prints("nvme0n1", NVME, 0));
        health("dash");
        try (Stream<Path> left = Files.list(folder.resolve("run/health"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("nvme0n1.lock");
        }
    }
}
