package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.FleetPlanner;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.Policy;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.kube.host.HostBoard;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.pool.BlueprintBook;
import dev.shedmaster.kube.pool.PoolViews;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.worker.OwedRecords;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.kube.worker.WorkerRecords;
import dev.shedmaster.kube.worker.WorkerSurroundings;
import dev.shedmaster.port.Outcome;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;
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
    private final CreationLedger ledger;
    private final LatestPlan latest;
    private final Policy policy;
    private final InstantSource clock;
    private final Timer planning;
    private final FleetMetrics metrics;
    private final Feed<FleetPlan> loop;
    private Map<String, Instant> removalCandidates = Map.of();
    private boolean closed;

    /** Puts the loop together. */
    public static PlanningLoop of(
            KubernetesClient client,
            KnownObjects<WorkerPool> pools,
            KnownObjects<Worker> workers,
            KnownObjects<AzureSubscription> accounts,
            HostBoard hosts,
            Connections<CiLink> ciLinks,
            Connections<MachineLink> machineLinks,
            BlueprintBook blueprints,
            WorkerRecords records,
            OwedRecords owed,
            WorkerSurroundings surroundings,
            BootHistories histories,
            FleetMemory memory,
            Retirement retirement,
            LatestPlan latest,
            Decisions decisions,
            EventRecorder events,
            UnaryOperator<String> machineName,
            Policy policy,
            InstantSource clock,
            MeterRegistry meters) {
        CreationLedger ledger = new CreationLedger();
        RefusedWrites refused = new RefusedWrites();
        return new PlanningLoop(
                new FleetObserver(
                        pools,
                        workers,
                        accounts,
                        hosts,
                        ciLinks,
                        machineLinks,
                        blueprints,
                        new PoolViews(blueprints, hosts::hosts),
                        new KnownWorkers(records::read, owed::life),
                        new WorkerViews(surroundings, retirement),
                        ledger,
                        refused,
                        histories,
                        memory),
                new PlanExecutor(
                        client,
                        pools,
                        workers,
                        new NewWorkers(
                                blueprints,
                                pool -> surroundings.unasked().add(machineName.apply(pool)),
                                name -> surroundings.unasked().remove(name)),
                        ledger,
                        refused,
                        retirement,
                        decisions,
                        events,
                        clock),
                ledger,
                latest,
                policy,
                clock,
                meters);
    }

    PlanningLoop(
            FleetObserver observer,
            PlanExecutor executor,
            CreationLedger ledger,
            LatestPlan latest,
            Policy policy,
            InstantSource clock,
            MeterRegistry meters) {
        this.observer = observer;
        this.executor = executor;
        this.ledger = ledger;
        this.latest = latest;
        this.policy = policy;
        this.clock = clock;
        this.metrics = new FleetMetrics(meters, clock);
        this.planning = Timer.builder("shedmaster.planning")
                .description("One decision for the whole fleet and the view that it rests on, without carrying it out")
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

    /** The informer has shown a worker, so it need not be counted beside what the informer shows. */
    public void shown(Worker worker) {
        ledger.drop(worker);
    }

    /** Whether workers that were planned wait to be written down. */
    public boolean isCrowded() {
        return executor.isCrowded();
    }

    public Instant lastTurn() {
        return loop.lastTurn();
    }

    @Override
    public void close() {
        loop.close();
        synchronized (this) {
            closed = true;
        }
        executor.close();
    }

    private Outcome<FleetPlan> step() {
        Instant now = clock.instant();
        Timer.Sample taken = Timer.start();
        FleetView view = observer.observe(removalCandidates, now);
        FleetPlan plan = FleetPlanner.plan(view, policy, now);
        taken.stop(planning);
        removalCandidates = plan.removalCandidates();
        if (carryOut(plan)) {
            metrics.show(view, plan);
        }
        return Outcome.done(plan);
    }

    /** Of a plan that was still being made at the end nothing is done, so nobody may be told that it was. */
    private synchronized boolean carryOut(FleetPlan plan) {
        if (closed) {
            return false;
        }
        executor.execute(plan);
        latest.publish(plan);
        return true;
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
