package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.planning.Departure;
import dev.shedmaster.core.planning.Purpose;
import dev.shedmaster.kube.fleet.Decisions.Decided;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No decision goes untold, and none is told twice. */
class DecisionsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final Decided MORE = new Decided(NOW, 2, true, new Purpose.ForQueuedJobs(2, "amd64"));
    private static final Decided FEWER = new Decided(NOW.plusSeconds(1), 1, false, new Departure.AboveMaximum(3, 2));

    private final Decisions decisions = new Decisions();

    @Test
    void eachIsTakenOnceByItsPool() {
        decisions.add("ci/a", MORE);
        decisions.add("ci/a", FEWER);

        assertThat(decisions.take("ci/b")).isEmpty();
        assertThat(decisions.take("ci/a")).containsExactly(MORE, FEWER);
        assertThat(decisions.take("ci/a")).isEmpty();
    }

    @Test
    void whatComesBackGoesBeforeWhatCameMeanwhile() {
        decisions.add("ci/a", MORE);
        List<Decided> taken = decisions.take("ci/a");
        decisions.add("ci/a", FEWER);

        decisions.giveBack("ci/a", taken);
        decisions.giveBack("ci/b", List.of());

        assertThat(decisions.take("ci/a")).containsExactly(MORE, FEWER);
    }
}
