package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.planning.BootHistory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BootHistoriesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private final BootHistories histories = new BootHistories();

    @Test
    void failuresInARowAreCountedAndTheLastOneIsTold() {
        histories.failed("ci/kvm", "t1", "first", NOW);
        histories.failed("ci/kvm", "t1", "second", NOW.plusSeconds(60));

        assertThat(histories.of("ci/kvm", "t1")).isEqualTo(new BootHistory(2, NOW.plusSeconds(60), "second"));
    }

    @Test
    void aNewTemplateBeginsAfreshWhateverTheWorkersOfTheFormerOneDo() {
        histories.failed("ci/kvm", "t1", "no agent", NOW);
        assertThat(histories.of("ci/kvm", "t2")).isEqualTo(BootHistory.NONE);

        histories.failed("ci/kvm", "t2", "no agent", NOW);
        histories.connected("ci/kvm", "t1");
        assertThat(histories.of("ci/kvm", "t1")).isEqualTo(BootHistory.NONE);
        assertThat(histories.of("ci/kvm", "t2").consecutiveFailures()).isEqualTo(1);
    }

    @Test
    void aPoolThatIsMadeAnewUnderTheSameNameBeginsAfresh() {
        histories.failed("ci/kvm", "t1", "no agent", NOW);
        histories.failed("ci/other", "t1", "no agent", NOW);
        histories.removed("ci/kvm");

        assertThat(histories.of("ci/kvm", "t1")).isEqualTo(BootHistory.NONE);
        assertThat(histories.of("ci/other", "t1").consecutiveFailures()).isEqualTo(1);
    }
}
