package dev.shedmaster.kube.fleet;

import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.FleetPlanner;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.Policy;
import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.port.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans for the whole fleet, at most once within {@link Policy#batch}: when something changed, when the last plan said
 * that time alone would change it, and at least every ten seconds.
 */
public final class PlanningLoop implements AutoCloseable {
    /** Schedules begin and end on the minute, and nobody tells. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(10);

    private final FleetObserver observer;
    private final PlanExecutor executor;
    private final LatestPlan latest;
    private final Policy policy;
    private final InstantSource clock;
    private final Timer planning;
    private final Feed<FleetPlan> loop;
    private Map<String, Instant> removalCandidates = Map.of();

    PlanningLoop(
            FleetObserver observer,
            PlanExecutor executor,
            LatestPlan latest,
            Policy policy,
            InstantSource clock,
            MeterRegistry meters) {
        this.observer = observer;
        this.executor = executor;
        this.latest = latest;
        this.policy = policy;
        this.clock = clock;
        this.planning = Timer.builder("shedmaster.planning")
                .description("One decision for the whole fleet, without carrying it out")
                .register(meters);
        this.loop = new Feed<>(
                "planning",
                this::step,
                (before, now) -> pause(now.value() == null ? null : now.value().nextLook()),
                policy.batch(),
                clock,
                (before, now) -> {});
    }

    public void start() {
        loop.start();
    }

    /** Something changed that a plan rests on. */
    public void wake() {
        loop.hurry();
    }

    public Instant lastTurn() {
        return loop.lastTurn();
    }

    @Override
    public void close() {
        loop.close();
    }

    private Outcome<FleetPlan> step() {
        Instant now = clock.instant();
        FleetView view = observer.observe(removalCandidates, now);
        FleetPlan plan = planning.record(() -> FleetPlanner.plan(view, policy, now));
        if (plan == null) {
            throw new IllegalStateException("the planner gave no plan");
        }
        removalCandidates = plan.removalCandidates();
        executor.execute(plan);
        latest.publish(plan, clock.instant());
        return Outcome.done(plan);
    }

    private Duration pause(@Nullable Instant nextLook) {
        if (nextLook == null) {
            return AT_LEAST_EVERY;
        }
        Duration until = Duration.between(clock.instant(), nextLook);
        return until.compareTo(AT_LEAST_EVERY) > 0
                ? AT_LEAST_EVERY
                : until.compareTo(policy.batch()) < 0 ? policy.batch() : until;
    }
}
