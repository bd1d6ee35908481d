package dev.shedmaster.kube.pool;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.fleet.Decisions;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.fleet.LatestPlan;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.StatusStore;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.port.Outcome;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Works out what a pool's spec means, and tells in its status what the newest plan says of it. */
public final class PoolReconciler implements Reconciler<WorkerPool>, Cleaner<WorkerPool> {
    /** What a pool refers to may appear or change without our being told; a blueprint costs nothing. */
    private static final Duration LOOK_AT_PROBLEM = Duration.ofSeconds(15);

    private static final Duration LOOK_AT_LEAVING = Duration.ofSeconds(2);

    /** Works out blueprints. */
    public interface Drawing {
        /** The pool's blueprint, or {@code Invalid} naming what a person has to change. */
        Outcome<PoolBlueprint> draw(WorkerPool pool, Runnable onReferenceChange);
    }

    private final Drawing drawing;
    private final BlueprintBook blueprints;
    private final PoolStatuses statuses;
    private final LatestPlan latest;
    private final Decisions decisions;
    private final FleetMemory memory;
    private final BootHistories histories;
    private final KnownObjects<WorkerPool> pools;
    private final KnownObjects<Worker> workers;
    private final Retirement retirement;
    private final BooleanSupplier allKnown;
    private final Runnable planSoon;
    private final InstantSource clock;

    public PoolReconciler(
            Drawing drawing,
            BlueprintBook blueprints,
            LatestPlan latest,
            Decisions decisions,
            FleetMemory memory,
            BootHistories histories,
            KnownObjects<WorkerPool> pools,
            KnownObjects<Worker> workers,
            Retirement retirement,
            BooleanSupplier allKnown,
            Runnable planSoon,
            InstantSource clock) {
        this.drawing = drawing;
        this.blueprints = blueprints;
        this.statuses = new PoolStatuses(blueprints);
        this.latest = latest;
        this.decisions = decisions;
        this.memory = memory;
        this.histories = histories;
        this.pools = pools;
        this.workers = workers;
        this.retirement = retirement;
        this.allKnown = allKnown;
        this.planSoon = planSoon;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, WorkerPool>> prepareEventSources(EventSourceContext<WorkerPool> context) {
        return pools.eventSources(context);
    }

    @Override
    public UpdateControl<WorkerPool> reconcile(WorkerPool pool, Context<WorkerPool> context) {
        draw(pool);
        tell(pool, context);
        pools.lookAgain(pool, blueprints.problem(Names.of(pool)).isPresent() ? LOOK_AT_PROBLEM : null);
        return UpdateControl.noUpdate();
    }

    /** Idle workers go now, busy ones when their job is done, and the pool after the last. */
    @Override
    public DeleteControl cleanup(WorkerPool pool, Context<WorkerPool> context) {
        draw(pool);
        planSoon.run();
        List<Worker> left = workersOf(pool).toList();
        // Its workers may not be known yet, where nobody is elected leader.
        if (left.isEmpty() && allKnown.getAsBoolean()) {
            blueprints.removed(Names.of(pool));
            histories.removed(Names.of(pool));
            pools.noLonger(pool);
            return DeleteControl.defaultDelete();
        }
        left.forEach(worker -> retirement.retire(worker, "its pool is being deleted"));
        tell(pool, context);
        pools.lookAgain(pool, LOOK_AT_LEAVING);
        return DeleteControl.noFinalizerRemoval();
    }

    private void draw(WorkerPool pool) {
        String name = Names.of(pool);
        PoolBlueprint before = blueprints.find(name).orElse(null);
        long generation = pool.getMetadata().getGeneration();
        switch (drawing.draw(pool, pools.waking(name))) {
            case Outcome.Done<PoolBlueprint> done -> blueprints.drawn(name, generation, done.value());
            case Outcome.Failed<PoolBlueprint> failed -> blueprints.failed(name, generation, failed.error());
        }
        if (before == null || !before.equals(blueprints.find(name).orElse(null))) {
            planSoon.run();
        }
    }

    private void tell(WorkerPool pool, Context<WorkerPool> context) {
        String name = Names.of(pool);
        List<Decisions.Decided> decided = decisions.take(name);
        try {
            StatusStore.writeIfChanged(
                    pool,
                    statuses.tell(pool, latest.pool(name).orElse(null), decided, memory.current(), clock.instant()),
                    context);
        } catch (KubernetesClientException e) {
            decisions.giveBack(name, decided);
            throw e;
        }
    }

    private Stream<Worker> workersOf(WorkerPool pool) {
        String name = Names.of(pool);
        return workers.objects()
                .filter(worker -> Names.of(worker, worker.getSpec().poolRef()).equals(name));
    }
}
