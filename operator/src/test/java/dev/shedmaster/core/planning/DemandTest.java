package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Unlabelled;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemandTest {
    private static final Instant TEN = Instant.parse("2026-11-24T10:00:00Z");

    private static QueuedJob job(String source, String id, int second) {
        return new QueuedJob(source, id, "job " + id, new Unlabelled(), TEN.plusSeconds(second));
    }

    private static Demand of(QueuedJob... jobs) {
        return Demand.of(List.of(jobs), List.of(), List.of());
    }

    @Test
    void jobsStandInTheOrderOfTheirArrivalThenOfSourceAndName() {
        QueuedJob first = job("ci/z", "9", 0);
        QueuedJob second = job("ci/a", "2", 1);
        QueuedJob third = job("ci/b", "1", 1);
        QueuedJob fourth = job("ci/b", "2", 1);
        assertThat(of(fourth, second, first, third).jobs()).containsExactly(first, second, third, fourth);
    }

    @Test
    void aJobThatIsListedTwiceIsOneJob() {
        QueuedJob one = job("ci/a", "1", 0);
        QueuedJob other = job("ci/a", "2", 0);
        Demand demand = of(one, other, job("ci/a", "1", 0), one);
        assertThat(demand.jobs()).containsExactly(one, other);
        assertThat(demand.classes())
                .singleElement()
                .satisfies(all -> assertThat(all.jobs()).isEqualTo(2));
    }

    @Test
    void theSameNameAtAnotherSourceIsAnotherJob() {
        assertThat(of(job("ci/a", "1", 0), job("ci/b", "1", 0)).jobs()).hasSize(2);
    }
}
