package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.PoolPlan.PoolCounts;
import dev.shedmaster.core.planning.UnmatchedDemand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is told of a plan. */
class LatestPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private final List<String> pools = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final LatestPlan latest = new LatestPlan(pools::add, sources::add);

    private void publish(List<UnmatchedDemand> unmatched, PoolPlan... plans) {
        latest.publish(new FleetPlan(List.of(plans), unmatched, Map.of(), null));
    }

    private static PoolPlan quiet(String pool, int idle) {
        return new PoolPlan(
                pool,
                new PoolCounts(0, idle, 0, 0, 0, 0, idle, idle),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void onlyPoolsOfWhichItSaysSomethingNewHearOfAPlan() {
        publish(List.of(), quiet("ci/a", 0), quiet("ci/b", 0));
        assertThat(pools).containsExactly("ci/a", "ci/b");

        publish(List.of(), quiet("ci/a", 0), quiet("ci/b", 1));
        assertThat(pools).containsExactly("ci/a", "ci/b", "ci/b");
        assertThat(latest.pool("ci/b")).contains(quiet("ci/b", 1));
        assertThat(latest.pool("ci/c")).isEmpty();
    }

    @Test
    void aSourceHearsWhenItsUnservedJobsChange() {
        UnmatchedDemand unserved = new UnmatchedDemand(
                "ci/jenkins",
                new Unlabelled(),
                1,
                new QueuedJob("ci/jenkins", "1", "build", new Unlabelled(), NOW),
                "no pool takes it",
                null);

        publish(List.of(unserved));
        publish(List.of(unserved));
        assertThat(sources).containsExactly("ci/jenkins");
        assertThat(latest.unmatched("ci/jenkins")).containsExactly(unserved);
        assertThat(latest.unmatched("ci/other")).isEmpty();

        publish(List.of());
        assertThat(sources).as("its last one is served").containsExactly("ci/jenkins", "ci/jenkins");
    }
}
