package dev.shedmaster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.bench.RealDemand.Labels;
import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Task;
import dev.shedmaster.bench.simulation.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealDemandTest {
    private static final Instant MONDAY = Instant.parse("2025-08-25T00:00:00Z");

    private static Workload monday(Labels labels) {
        return RealDemand.between(MONDAY, MONDAY.plus(Duration.ofDays(1)), labels, 1);
    }

    private static long serving(Workload workload, Task task) {
        return workload.pools().stream()
                .filter(pool -> pool.serves(task.needs()))
                .count();
    }

    /** Six nightly builds just after 21:00, each of 29 stages without those for arm64 machines. */
    @Test
    void aNightOfSixBuildsIsSixFanOuts() {
        Workload monday = monday(Labels.ONE_EACH);
        List<Task> roots =
                monday.tasks().stream().filter(task -> task.after().isEmpty()).toList();
        assertThat(roots)
                .hasSize(6)
                .allSatisfy(root -> assertThat(root.arrival())
                        .isBetween(Duration.ofHours(21), Duration.ofHours(21).plusMinutes(2)));
        assertThat(monday.tasks().size() % 6).isZero();
        assertThat(monday.tasks().size() / 6).isBetween(25, 32);
        assertThat(monday.work()).isBetween(Duration.ofHours(150), Duration.ofHours(300));
        assertThat(monday.length()).hasDays(1);
    }

    @Test
    void aJobIsForOnePoolOrForAllThatHaveItsLabels() {
        Workload oneEach = monday(Labels.ONE_EACH);
        assertThat(oneEach.tasks()).allMatch(task -> serving(oneEach, task) == 1);
        Workload written = monday(Labels.AS_WRITTEN);
        assertThat(written.tasks()).anyMatch(task -> serving(written, task) == 3);
        assertThat(written.tasks()).anyMatch(task -> serving(written, task) == 1);
        assertThat(written.pools()).extracting(Pool::name).containsExactly("light", "kvm", "builder");
    }

    @Test
    void labelsMakeNoDifferenceToTheWork() {
        assertThat(monday(Labels.AS_WRITTEN).work())
                .isEqualTo(monday(Labels.ONE_EACH).work());
        assertThat(RealDemand.between(MONDAY, MONDAY.plus(Duration.ofDays(1)), Labels.ONE_EACH, 2)
                        .work())
                .isNotEqualTo(monday(Labels.ONE_EACH).work());
    }
}
