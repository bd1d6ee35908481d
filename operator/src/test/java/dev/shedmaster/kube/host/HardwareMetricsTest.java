package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.host.Checkup;
import dev.shedmaster.core.host.HardwareReport;
import dev.shedmaster.core.host.HardwareReports;
import dev.shedmaster.kube.host.HardwareWatch.Known;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HardwareMetricsTest {
    private static final String HOST = "ci/h";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HardwareMetrics metrics = new HardwareMetrics(meters);

    private static Known known(HardwareReport report) {
        return new Known(report, Checkup.of(report, Checkup.NONE), null, null);
    }

    private @Nullable Double value(String name, String... tags) {
        var gauge = meters.find("shedmaster.host." + name).tags(tags).gauge();
        return gauge == null ? null : gauge.value();
    }

    @Test
    void eachNumberIsShownAndFollowsTheReadings() {
        metrics.show(HOST, known(HardwareReports.well()));
        assertThat(value("disk.wear", "disk", "/dev/nvme0n1")).isEqualTo(0.07);
        assertThat(value("disk.power.on", "disk", "/dev/nvme0n1")).isEqualTo(12_345);
        assertThat(value("disk.temperature", "disk", "/dev/nvme1n1")).isEqualTo(41);
        assertThat(value("disk.errors", "disk", "/dev/nvme0n1", "kind", "lost")).isZero();
        assertThat(value("disk.errors", "disk", "/dev/nvme0n1", "kind", "replaced"))
                .as("an NVMe disk tells none")
                .isNull();
        assertThat(value("temperature", "sensor", "coretemp Package")).isEqualTo(48);
        assertThat(value("memory.errors", "controller", "mc0", "kind", "uncorrected"))
                .isZero();
        assertThat(value("files.free", "path", "/", "of", "space")).isEqualTo(0.6);
        assertThat(value("files.free", "path", "/var/lib/shedmaster", "of", "inodes"))
                .isEqualTo(0.9);
        assertThat(value("array.missing", "array", "md0")).isZero();
        assertThat(value("ailing")).isNull();

        metrics.show(HOST, known(HardwareReports.with(HardwareReports.disk("/dev/nvme0n1", 91, 20_000))));
        assertThat(value("disk.wear", "disk", "/dev/nvme0n1")).isEqualTo(0.91);
        assertThat(value("ailing", "host", HOST, "kind", "DiskWorn")).isEqualTo(1);
        metrics.show(HOST, known(HardwareReports.well()));
        assertThat(value("ailing")).as("it is over").isNull();
    }

    @Test
    void whatIsNotKnownAnyMoreHasNoNumber() {
        Known known = known(HardwareReports.well());
        metrics.show(HOST, known);
        metrics.show("ci/other", known);
        metrics.show(HOST, new Known(known.report(), known.checkup(), new PortError.Transient("mute"), Instant.EPOCH));
        assertThat(hosts()).containsExactly("ci/other");
        metrics.forget("ci/other");
        assertThat(meters.getMeters()).isEmpty();
    }

    private List<String> hosts() {
        return meters.getMeters().stream()
                .map(meter -> String.valueOf(meter.getId().getTag("host")))
                .distinct()
                .toList();
    }

    @Test
    void eachIsInTheDocument() throws Exception {
        metrics.show(HOST, known(HardwareReports.with(HardwareReports.failing("/dev/nvme0n1"))));
        String document = Files.readString(Path.of("../docs/metrics.md"));
        assertThat(meters.getMeters().stream()
                        .map(Meter::getId)
                        .map(Meter.Id::getName)
                        .collect(Collectors.toSet()))
                .allSatisfy(name -> assertThat(document).contains("| `" + name + "` | gauge"));
    }
}
