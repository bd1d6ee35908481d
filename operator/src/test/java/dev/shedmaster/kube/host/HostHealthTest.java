package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.BareMetalHostSpec;
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

    private String architecture = "aarch64";
    private int cpus = 8;
    private long memory = 31 * GIB;
    private long freeScratch = 500 * GIB;
    private Duration clockOffset = Duration.ofSeconds(1);

    @Test
    void nothingIsWrongWithAServerThatIsAsItWasSold() {
        assertThat(failings()).isEmpty();
    }

    @Test
    void anotherArchitectureNamesTheField() {
        architecture = "x86_64";
        assertThat(failings())
                .containsExactly("spec.hardware.architecture is arm64, and the server is amd64: correct the spec");
    }

    @Test
    void fewerThreadsAndLessMemoryNameTheirFields() {
        cpus = 4;
        memory = 15 * GIB;
        assertThat(failings())
                .containsExactly(
                        "spec.hardware.cpus is 8, and the server has 4: correct the spec, or have the server looked at",
                        "spec.hardware.memory is 32Gi, and the server has 15Gi: correct the spec, or have the server looked at");
    }

    @Test
    void aDiskThatFillsUpIsNamedBeforeJobsFail() {
        freeScratch = 49 * GIB;
        assertThat(failings())
                .containsExactly(
                        "only 49Gi of 1000Gi are free for workers' disks in /var/lib/shedmaster: see what fills it");
        freeScratch = 50 * GIB;
        assertThat(failings()).isEmpty();
    }

    @Test
    void aWrongClockIsNamed() {
        clockOffset = Duration.ofMinutes(-5);
        assertThat(failings())
                .containsExactly("its clock is 5 min behind: see why it is not synchronised (timedatectl)");
    }

    @Test
    void aSystemThatTellsNothingForAMinuteFails() {
        Reading<HostReport> mute = new Reading<>(report(), NOW, new PortError.Transient("systemd hangs"));
        assertThat(HostHealth.of(SPEC, mute, NOW, NOW.plusSeconds(60))).isEqualTo(new Health.Unread());
        assertThat(HostHealth.of(SPEC, mute, NOW, NOW.plusSeconds(61)))
                .isEqualTo(new Health.Read(List.of("it does not tell what runs on it: systemd hangs")));
    }

    @Test
    void whoWasNotAskedSaysNothing() {
        assertThat(HostHealth.of(SPEC, null, null, NOW)).isEqualTo(new Health.Unread());
    }

    private List<String> failings() {
        return HostHealth.failings(SPEC, report());
    }

    private HostReport report() {
        return new HostReport(
                NOW,
                "boot-1",
                true,
                Duration.ofHours(1),
                clockOffset,
                true,
                architecture,
                cpus,
                memory,
                memory,
                1000 * GIB,
                freeScratch,
                List.of());
    }
}
