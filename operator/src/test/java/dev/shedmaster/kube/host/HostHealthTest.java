package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.BareMetalHostSpec;
import dev.shedmaster.core.host.Checkup;
import dev.shedmaster.core.host.HardwareReports;
import dev.shedmaster.core.host.HostSight.Health;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostHealthTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final long GIB = 1L << 30;
    private static final BareMetalHostSpec SPEC = SampleHosts.rented("h").getSpec();

    @Test
    void aSystemThatTellsNothingForAMinuteFails() {
        Reading<HostReport> mute = new Reading<>(report("arm64"), NOW, new PortError.Transient("systemd hangs"));
        assertThat(HostHealth.of(SPEC, mute, NOW, Checkup.NONE, NOW.plusSeconds(60)))
                .isEqualTo(new Health.Unread());
        assertThat(HostHealth.of(SPEC, mute, NOW, Checkup.NONE, NOW.plusSeconds(61)))
                .isEqualTo(new Health.Read(List.of("it does not tell what runs on it: systemd hangs"), List.of()));
    }

    @Test
    void whoWasNotAskedSaysNothing() {
        assertThat(HostHealth.of(SPEC, null, null, Checkup.NONE, NOW)).isEqualTo(new Health.Unread());
    }

    @Test
    void whatStopsAHostIsToldBesideWhatItSaysOfItsWork() {
        Checkup failing = Checkup.of(HardwareReports.with(HardwareReports.failing("/dev/sda")), Checkup.NONE);
        Checkup worn = Checkup.of(HardwareReports.with(HardwareReports.disk("/dev/sda", 95, 1)), Checkup.NONE);
        Reading<HostReport> well = new Reading<>(report("arm64"), NOW, null);
        assertThat(HostHealth.of(SPEC, well, null, failing, NOW))
                .isEqualTo(new Health.Read(List.of(), failing.stopping()));
        assertThat(HostHealth.of(SPEC, well, null, worn, NOW)).isEqualTo(new Health.Read(List.of(), List.of()));
        Reading<HostReport> mute = new Reading<>(report("arm64"), NOW, new PortError.Transient("systemd hangs"));
        assertThat(HostHealth.of(SPEC, mute, NOW, failing, NOW.plusSeconds(61)))
                .isInstanceOfSatisfying(
                        Health.Read.class, read -> assertThat(read.hardware()).isEqualTo(failing.stopping()));
    }

    /** What the system tells is held against what the spec expects. */
    @Test
    void whatTheSystemTellsIsWeighed() {
        assertThat(HostHealth.of(SPEC, new Reading<>(report("arm64"), NOW, null), null, Checkup.NONE, NOW))
                .isEqualTo(new Health.Read(List.of(), List.of()));
        assertThat(HostHealth.of(SPEC, new Reading<>(report("amd64"), NOW, null), null, Checkup.NONE, NOW))
                .isInstanceOfSatisfying(
                        Health.Read.class,
                        read -> assertThat(read.failings())
                                .singleElement()
                                .asString()
                                .startsWith("spec.hardware.architecture is arm64, and the server is amd64"));
    }

    private static HostReport report(String architecture) {
        return new HostReport(
                NOW,
                "boot-1",
                true,
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                true,
                architecture,
                8,
                31 * GIB,
                31 * GIB,
                1000 * GIB,
                500 * GIB,
                List.of(),
                null);
    }
}
