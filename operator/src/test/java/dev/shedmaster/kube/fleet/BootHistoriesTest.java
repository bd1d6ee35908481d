package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BootHistoriesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private final BootHistories histories = new BootHistories();

    @Test
    void failuresInARowAreCountedAndTheLastOneIsTold() {
        histories.failed("ci/kvm", "t1", "first", NOW);
        histories.failed("ci/kvm", "t1", "second", NOW.plusSeconds(60));

        assertThat(histories.find("ci/kvm", "t1"))
                .contains(new BootHistories.History(2, NOW.plusSeconds(60), "second"));
    }

    @Test
    void aNewTemplateBeginsAfreshWhateverTheWorkersOfTheFormerOneDo() {
        histories.failed("ci/kvm", "t1", "no agent", NOW);
        assertThat(histories.find("ci/kvm", "t2")).isEmpty();

        histories.failed("ci/kvm", "t2", "no agent", NOW);
        histories.connected("ci/kvm", "t1");
        assertThat(histories.find("ci/kvm", "t1")).isEmpty();
        assertThat(histories.find("ci/kvm", "t2")).isPresent();
    }

    @Test
    void aPoolThatIsMadeAnewUnderTheSameNameBeginsAfresh() {
        histories.failed("ci/kvm", "t1", "no agent", NOW);
        histories.failed("ci/other", "t1", "no agent", NOW);
        histories.removed("ci/kvm");

        assertThat(histories.find("ci/kvm", "t1")).isEmpty();
        assertThat(histories.find("ci/other", "t1")).isPresent();
    }
}
