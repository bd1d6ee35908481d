package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.Departure;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.Hold;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.PoolPlan.PoolCounts;
import dev.shedmaster.core.planning.Purpose;
import dev.shedmaster.core.planning.Reason;
import dev.shedmaster.core.planning.SourceView;
import dev.shedmaster.core.planning.UnmatchedDemand;
import dev.shedmaster.kube.worker.SampleWorkers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final Reason FOR_JOBS = new Purpose.ForQueuedJobs(2, "amd64");
    private static final Reason TOO_MANY = new Departure.AboveMaximum(3, 2);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = NOW;
    private final FleetMetrics metrics = new FleetMetrics(meters, () -> now);

    private static FleetView sourcesReadAt(@Nullable Instant lastReading) {
        return new FleetView(
                List.of(),
                Map.of("ci/jenkins", new SourceView("ci/jenkins", lastReading, OutsideAgents.NONE)),
                List.of(),
                List.of(),
                List.of(),
                OfferingMemory.EMPTY,
                Map.of());
    }

    private static FleetPlan plan(List<UnmatchedDemand> unmatched, PoolPlan... pools) {
        return new FleetPlan(List.of(pools), unmatched, Map.of(), null);
    }

    private static PoolPlan pool(PoolCounts counts, int made, int ended, Reason... reasons) {
        return new PoolPlan(
                "ci/kvm",
                counts,
                Collections.nCopies(made, new PoolPlan.Creation(SampleWorkers.SPOT, FOR_JOBS)),
                Collections.nCopies(ended, new PoolPlan.Removal("ci/w-1", TOO_MANY)),
                List.of(),
                List.of(reasons),
                List.of());
    }

    private double gauge(String name, String... tags) {
        return meters.get(name).tags(tags).gauge().value();
    }

    @Test
    void eachPoolHasItsNumbersAndWhetherItIsHindered() {
        PoolCounts counts = new PoolCounts(7, 1, 2, 3, 4, 5, 15, 6);
        metrics.show(sourcesReadAt(NOW), plan(List.of(), pool(counts, 0, 0, new Hold.NoOfferings("ci/kvm"))));

        assertThat(gauge("shedmaster.pool.jobs.queued", "pool", "ci/kvm")).isEqualTo(7);
        assertThat(gauge("shedmaster.pool.workers", "phase", "idle")).isEqualTo(1);
        assertThat(gauge("shedmaster.pool.workers", "phase", "busy")).isEqualTo(2);
        assertThat(gauge("shedmaster.pool.workers", "phase", "starting")).isEqualTo(3);
        assertThat(gauge("shedmaster.pool.workers", "phase", "draining")).isEqualTo(4);
        assertThat(gauge("shedmaster.pool.workers", "phase", "failed")).isEqualTo(5);
        assertThat(gauge("shedmaster.pool.workers.desired")).isEqualTo(6);
        assertThat(gauge("shedmaster.pool.hindered")).isEqualTo(1);

        metrics.show(sourcesReadAt(NOW), plan(List.of(), pool(counts, 0, 0, new Hold.MayStillGetWork(1, NOW))));
        assertThat(gauge("shedmaster.pool.hindered")).isZero();
    }

    @Test
    void whatWasDecidedIsCountedByItsReason() {
        PoolCounts counts = new PoolCounts(2, 0, 0, 0, 0, 0, 0, 2);
        metrics.show(sourcesReadAt(NOW), plan(List.of(), pool(counts, 2, 1)));
        metrics.show(sourcesReadAt(NOW), plan(List.of(), pool(counts, 1, 0)));

        assertThat(meters.get("shedmaster.pool.workers.made")
                        .tags("pool", "ci/kvm", "reason", "ForQueuedJobs")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(meters.get("shedmaster.pool.workers.ended")
                        .tags("pool", "ci/kvm", "reason", "AboveMaximum")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void eachCiSystemHasTheAgeOfItsReadingAndTheJobsThatNobodyServes() {
        metrics.show(
                sourcesReadAt(NOW.minusSeconds(42)),
                plan(List.of(
                        unmatched("ci/jenkins", 3, null),
                        unmatched("ci/jenkins", 5, new OutsideAgents.Agent("static-1", OutsideAgents.State.AWAY)),
                        unmatched("ci/other", 9, null))));

        assertThat(gauge("shedmaster.ci.reading.age", "source", "ci/jenkins")).isEqualTo(42);
        assertThat(gauge("shedmaster.ci.jobs.unmatched", "source", "ci/jenkins"))
                .isEqualTo(3);
        assertThat(gauge("shedmaster.ci.jobs.elsewhere", "source", "ci/jenkins"))
                .isEqualTo(5);
    }

    @Test
    void oneThatWasNeverReadIsAsOldAsTheWishToReadIt() {
        metrics.show(sourcesReadAt(null), plan(List.of()));
        now = NOW.plusSeconds(400);
        metrics.show(sourcesReadAt(null), plan(List.of()));
        assertThat(gauge("shedmaster.ci.reading.age", "source", "ci/jenkins")).isEqualTo(400);
        metrics.show(sourcesReadAt(now.minusSeconds(3)), plan(List.of()));
        assertThat(gauge("shedmaster.ci.reading.age", "source", "ci/jenkins")).isEqualTo(3);
        metrics.show(sourcesReadAt(null), plan(List.of()));
        assertThat(gauge("shedmaster.ci.reading.age", "source", "ci/jenkins"))
                .as("when its connection is opened anew")
                .isEqualTo(3);
    }

    private static UnmatchedDemand unmatched(String source, int jobs, OutsideAgents.@Nullable Agent elsewhere) {
        QueuedJob job = new QueuedJob(source, "1", "build", new Unlabelled(), NOW);
        return new UnmatchedDemand(source, new Unlabelled(), jobs, job, "no pool", elsewhere);
    }

    @Test
    void whatIsGoneIsShownNoMore() {
        metrics.show(sourcesReadAt(NOW), plan(List.of(), pool(new PoolCounts(0, 1, 0, 0, 0, 0, 1, 1), 0, 0)));
        metrics.show(
                new FleetView(List.of(), Map.of(), List.of(), List.of(), List.of(), OfferingMemory.EMPTY, Map.of()),
                plan(List.of()));
        assertThat(meters.getMeters()).isEmpty();
    }
}
