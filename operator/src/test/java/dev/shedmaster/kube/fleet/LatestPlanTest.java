package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.core.planning.Departure;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.Hold;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.PoolPlan.PoolCounts;
import dev.shedmaster.core.planning.Purpose;
import dev.shedmaster.core.planning.Reason;
import dev.shedmaster.core.planning.UnmatchedDemand;
import dev.shedmaster.kube.fleet.LatestPlan.Decided;
import dev.shedmaster.kube.worker.SampleWorkers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is told of a plan, and that no decision goes untold. */
class LatestPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final Reason FOR_JOBS = new Purpose.ForQueuedJobs(2, "amd64");
    private static final Reason TOO_MANY = new Departure.AboveMaximum(3, 2);

    private final List<String> pools = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final LatestPlan latest = new LatestPlan(pools::add, sources::add);

    private void publish(Instant now, List<UnmatchedDemand> unmatched, PoolPlan... plans) {
        latest.publish(new FleetPlan(List.of(plans), unmatched, Map.of(), null), now);
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

    private static PoolPlan deciding(String pool) {
        PoolPlan.Creation creation = new PoolPlan.Creation(SampleWorkers.SPOT, FOR_JOBS);
        return new PoolPlan(
                pool,
                new PoolCounts(2, 0, 0, 0, 0, 0, 1, 2),
                List.of(creation, creation),
                List.of(new PoolPlan.Removal("ci/w-1", TOO_MANY)),
                List.of(),
                List.of(new Hold.NoOfferings(pool)),
                List.of());
    }

    @Test
    void onlyPoolsOfWhichItSaysSomethingNewHearOfAPlan() {
        publish(NOW, List.of(), quiet("ci/a", 0), quiet("ci/b", 0));
        assertThat(pools).containsExactly("ci/a", "ci/b");

        publish(NOW, List.of(), quiet("ci/a", 0), quiet("ci/b", 1));
        assertThat(pools).containsExactly("ci/a", "ci/b", "ci/b");
        assertThat(latest.pool("ci/b")).contains(quiet("ci/b", 1));
        assertThat(latest.pool("ci/c")).isEmpty();
    }

    @Test
    void decisionsWaitUntilTheyAreTold() {
        publish(NOW, List.of(), deciding("ci/a"));
        publish(NOW.plusSeconds(1), List.of(), deciding("ci/a"));

        List<Decided> decided = latest.take("ci/a");
        assertThat(decided)
                .containsExactly(
                        new Decided(NOW, 2, true, FOR_JOBS),
                        new Decided(NOW, 1, false, TOO_MANY),
                        new Decided(NOW.plusSeconds(1), 2, true, FOR_JOBS),
                        new Decided(NOW.plusSeconds(1), 1, false, TOO_MANY));
        assertThat(latest.take("ci/a")).as("they are told once").isEmpty();

        publish(NOW.plusSeconds(2), List.of(), deciding("ci/a"));
        latest.giveBack("ci/a", decided);
        assertThat(latest.take("ci/a"))
                .startsWith(decided.toArray(Decided[]::new))
                .hasSize(6);
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

        publish(NOW, List.of(unserved));
        publish(NOW, List.of(unserved));
        assertThat(sources).containsExactly("ci/jenkins");
        assertThat(latest.unmatched("ci/jenkins")).containsExactly(unserved);
        assertThat(latest.unmatched("ci/other")).isEmpty();

        publish(NOW, List.of());
        assertThat(sources).as("its last one is served").containsExactly("ci/jenkins", "ci/jenkins");
    }
}
