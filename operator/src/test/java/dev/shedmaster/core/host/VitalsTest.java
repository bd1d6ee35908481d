package dev.shedmaster.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.host.HostWish.Expected;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VitalsTest {
    private static final long GIB = 1L << 30;

    private Expected expected = new Expected("arm64", 8, 32 * GIB);
    private String architecture = "arm64";
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
        architecture = "amd64";
        assertThat(failings())
                .containsExactly(
                        "spec.hardware.architecture is arm64, and the server is amd64: correct the spec, or have the server looked at");
    }

    @Test
    void fewerThreadsAndLessMemoryNameTheirFields() {
        cpus = 7;
        memory = 15 * GIB;
        assertThat(failings())
                .containsExactly(
                        "spec.hardware.cpus is 8, and the server has 7: correct the spec, or have the server looked at",
                        "spec.hardware.memory is 32Gi, and the server has 15Gi: correct the spec, or have the server looked at");
    }

    @Test
    void fiveHundredthsOfTheMemoryMayBeMissing() {
        memory = (long) (32 * GIB * 0.95) + 1;
        assertThat(failings()).isEmpty();
        memory = (long) (32 * GIB * 0.95) - 1;
        assertThat(failings()).hasSize(1);
    }

    @Test
    void littleMemoryIsToldInMebibytes() {
        expected = new Expected("arm64", 8, 8 * GIB);
        memory = 900L << 20;
        assertThat(failings())
                .singleElement()
                .asString()
                .startsWith("spec.hardware.memory is 8Gi, and the server has 900Mi");
    }

    @Test
    void aDiskThatFillsUpIsNamedBeforeJobsFail() {
        freeScratch = 50 * GIB - 1;
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
        clockOffset = Duration.ofMinutes(3);
        assertThat(failings()).singleElement().asString().startsWith("its clock is 3 min ahead");
        clockOffset = Duration.ofMinutes(2);
        assertThat(failings()).isEmpty();
    }

    private List<String> failings() {
        return new Vitals(new Hardware(architecture, cpus, memory, List.of()), 1000 * GIB, freeScratch, clockOffset)
                .failings(expected);
    }
}
