package dev.shedmaster.kube.fleet;

import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.PoolPlan.PoolCounts;
import dev.shedmaster.core.planning.Reason;
import dev.shedmaster.core.planning.SourceView;
import dev.shedmaster.core.planning.UnmatchedDemand;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows in metrics what the newest plan says: of each pool its numbers and what was decided for it, of each CI system how old
 * its last reading is and how many jobs nobody serves. What is gone has no gauges any more. For one thread.
 */
final class FleetMetrics {
    private static final PoolCounts NOTHING = new PoolCounts(0, 0, 0, 0, 0, 0, 0, 0);

    private record PoolFigures(PoolCounts counts, boolean hindered) {}

    private record SourceFigures(@Nullable Instant lastReading, long unmatched, long elsewhere) {
        static final SourceFigures NONE = new SourceFigures(null, 0, 0);
    }

    /** What is shown of one thing, and by what. */
    private record Shown<F>(AtomicReference<F> figures, List<Meter> gauges) {}

    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, Shown<PoolFigures>> pools = new HashMap<>();
    private final Map<String, Shown<SourceFigures>> sources = new HashMap<>();

    FleetMetrics(MeterRegistry meters, InstantSource clock) {
        this.meters = meters;
        this.clock = clock;
    }

    void show(FleetView view, FleetPlan plan) {
        Set<String> planned = new HashSet<>();
        for (PoolPlan pool : plan.pools()) {
            planned.add(pool.pool());
            pools.computeIfAbsent(pool.pool(), this::pool)
                    .figures
                    .set(new PoolFigures(pool.counts(), !pool.hindrances().isEmpty()));
            pool.creations().forEach(creation -> count("shedmaster.pool.workers.made", pool.pool(), creation.why()));
            pool.removals().forEach(removal -> count("shedmaster.pool.workers.ended", pool.pool(), removal.why()));
        }
        forget(pools, planned);
        Set<String> asked = new HashSet<>(view.sources().keySet());
        // One that cannot even be connected is not read either.
        view.pools().forEach(pool -> asked.add(pool.service().source()));
        for (String name : asked) {
            SourceView source = view.sources().get(name);
            Shown<SourceFigures> shown = sources.computeIfAbsent(name, this::source);
            Instant lastReading = source == null ? null : source.lastReading();
            shown.figures.set(new SourceFigures(
                    // A connection that is opened anew has read nothing; the one before it had.
                    lastReading == null ? shown.figures.get().lastReading : lastReading,
                    unmatched(plan, name, UnmatchedDemand::isForNobody),
                    unmatched(plan, name, demand -> !demand.isForNobody())));
        }
        forget(sources, asked);
    }

    private static long unmatched(FleetPlan plan, String source, Predicate<UnmatchedDemand> which) {
        return plan.unmatched().stream()
                .filter(demand -> demand.source().equals(source) && which.test(demand))
                .mapToLong(UnmatchedDemand::jobs)
                .sum();
    }

    private <F> void forget(Map<String, Shown<F>> shown, Set<String> kept) {
        shown.entrySet().removeIf(one -> {
            boolean gone = !kept.contains(one.getKey());
            if (gone) {
                one.getValue().gauges.forEach(meters::remove);
            }
            return gone;
        });
    }

    private void count(String name, String pool, Reason why) {
        meters.counter(name, "pool", pool, "reason", why.code()).increment();
    }

    private Shown<PoolFigures> pool(String pool) {
        AtomicReference<PoolFigures> figures = new AtomicReference<>(new PoolFigures(NOTHING, false));
        return new Shown<>(
                figures,
                List.of(
                        workers(pool, "starting", figures, PoolCounts::starting),
                        workers(pool, "idle", figures, PoolCounts::idle),
                        workers(pool, "busy", figures, PoolCounts::busy),
                        workers(pool, "draining", figures, PoolCounts::draining),
                        workers(pool, "failed", figures, PoolCounts::failed),
                        gauge("shedmaster.pool.workers.desired", figures, shown -> shown.counts.desired())
                                .description("Workers that there would be if only the pool's own maximum limited it")
                                .tag("pool", pool)
                                .register(meters),
                        gauge("shedmaster.pool.jobs.queued", figures, shown -> shown.counts.queued())
                                .description("Jobs that wait for the pool; none counts for two pools")
                                .tag("pool", pool)
                                .register(meters),
                        gauge("shedmaster.pool.hindered", figures, shown -> shown.hindered ? 1 : 0)
                                .description("Whether something keeps the pool from the size that it should have")
                                .tag("pool", pool)
                                .register(meters)));
    }

    private Gauge workers(
            String pool, String phase, AtomicReference<PoolFigures> figures, ToDoubleFunction<PoolCounts> count) {
        return gauge("shedmaster.pool.workers", figures, shown -> count.applyAsDouble(shown.counts))
                .description("Workers by what they do")
                .tag("pool", pool)
                .tag("phase", phase)
                .register(meters);
    }

    private Shown<SourceFigures> source(String source) {
        AtomicReference<SourceFigures> figures = new AtomicReference<>(SourceFigures.NONE);
        Instant firstAsked = clock.instant();
        return new Shown<>(
                figures,
                List.of(
                        gauge("shedmaster.ci.reading.age", figures, shown -> age(shown, firstAsked))
                                .description("Seconds since the CI system was last read with success, or was to be")
                                .baseUnit("seconds")
                                .tag("source", source)
                                .register(meters),
                        gauge("shedmaster.ci.jobs.unmatched", figures, shown -> shown.unmatched)
                                .description("Queued jobs that neither a pool nor an agent outside the fleet serves")
                                .tag("source", source)
                                .register(meters),
                        gauge("shedmaster.ci.jobs.elsewhere", figures, shown -> shown.elsewhere)
                                .description("Queued jobs that only agents outside the fleet can take")
                                .tag("source", source)
                                .register(meters)));
    }

    /** Of one that was never read since it is to be, the time since then: whoever is woken by the age is woken by that, too. */
    private double age(SourceFigures figures, Instant firstAsked) {
        Instant from = figures.lastReading == null ? firstAsked : figures.lastReading;
        return Duration.between(from, clock.instant()).toMillis() / 1000.0;
    }

    private static <F> Gauge.Builder<AtomicReference<F>> gauge(
            String name, AtomicReference<F> figures, ToDoubleFunction<F> value) {
        return Gauge.builder(name, figures, shown -> value.applyAsDouble(shown.get()));
    }
}
