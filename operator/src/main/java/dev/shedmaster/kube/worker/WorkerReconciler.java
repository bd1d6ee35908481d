package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.StatusStore;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings a worker on whenever something about it changes; a worker whose object is deleted is brought to its end. */
public final class WorkerReconciler implements Reconciler<Worker>, Cleaner<Worker> {
    private static final Duration A_MOMENT = Duration.ofMillis(250);

    private final WorkerAdvance advance;
    private final Retirement retirement;
    private final KnownObjects<Worker> workers;
    private final Consumer<Worker> shown;
    private final BooleanSupplier allKnown;

    /**
     * Puts the reconciler together.
     *
     * @param shown hears of each worker that the informer has shown, as often as it is looked at
     * @param allKnown whether the objects of all kinds are known: before that a worker's pool may only seem to be gone
     */
    public static WorkerReconciler of(
            WorkerRecords records,
            WorkerSurroundings surroundings,
            FleetMemory memory,
            Retirement retirement,
            BootHistories histories,
            EventRecorder events,
            MeterRegistry meters,
            KnownObjects<Worker> workers,
            Consumer<Worker> shown,
            BooleanSupplier allKnown,
            OwedRecords owed,
            Runnable planSoon,
            InstantSource clock) {
        return new WorkerReconciler(
                new WorkerAdvance(
                        records,
                        surroundings,
                        new WorkerHands(surroundings, memory, retirement),
                        owed,
                        new WorkerJournal(histories, memory, events, meters, planSoon, clock),
                        clock),
                retirement,
                workers,
                shown,
                allKnown);
    }

    WorkerReconciler(
            WorkerAdvance advance,
            Retirement retirement,
            KnownObjects<Worker> workers,
            Consumer<Worker> shown,
            BooleanSupplier allKnown) {
        this.advance = advance;
        this.retirement = retirement;
        this.workers = workers;
        this.shown = shown;
        this.allKnown = allKnown;
    }

    @Override
    public List<EventSource<?, Worker>> prepareEventSources(EventSourceContext<Worker> context) {
        return workers.eventSources(context);
    }

    @Override
    public UpdateControl<Worker> reconcile(Worker worker, Context<Worker> context) {
        look(worker, null, context);
        return UpdateControl.noUpdate();
    }

    @Override
    public DeleteControl cleanup(Worker worker, Context<Worker> context) {
        if (look(worker, retirement.reason(worker), context)) {
            retirement.forget(worker);
            return DeleteControl.defaultDelete();
        }
        return DeleteControl.noFinalizerRemoval();
    }

    /** Returns whether nothing of the worker is left. */
    private boolean look(Worker worker, @Nullable String removal, Context<Worker> context) {
        shown.accept(worker);
        if (!allKnown.getAsBoolean()) {
            workers.lookAgain(worker, A_MOMENT);
            return false;
        }
        WorkerStep step =
                advance.advance(worker, removal, (known, status) -> StatusStore.write(known, status, context));
        if (step.forgotten()) {
            workers.noLonger(worker);
        } else {
            workers.lookAgain(worker, step.lookAgainIn());
        }
        return step.forgotten();
    }
}
