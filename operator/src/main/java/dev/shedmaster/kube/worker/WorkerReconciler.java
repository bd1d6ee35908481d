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
import java.time.InstantSource;
import java.util.List;

/** Brings a worker on whenever something about it changes; a worker whose object is deleted is brought to its end. */
public final class WorkerReconciler implements Reconciler<Worker>, Cleaner<Worker> {
    private final WorkerAdvance advance;
    private final Retirement retirement;
    private final KnownObjects<Worker> workers;

    /** Puts the reconciler together. */
    public static WorkerReconciler of(
            WorkerRecords records,
            WorkerSurroundings surroundings,
            FleetMemory memory,
            Retirement retirement,
            BootHistories histories,
            EventRecorder events,
            MeterRegistry meters,
            KnownObjects<Worker> workers,
            Runnable planSoon,
            InstantSource clock) {
        return new WorkerReconciler(
                new WorkerAdvance(
                        records,
                        surroundings,
                        new WorkerHands(surroundings, memory, retirement),
                        new WorkerJournal(histories, events, meters, planSoon, clock),
                        clock),
                retirement,
                workers);
    }

    WorkerReconciler(WorkerAdvance advance, Retirement retirement, KnownObjects<Worker> workers) {
        this.advance = advance;
        this.retirement = retirement;
        this.workers = workers;
    }

    @Override
    public List<EventSource<?, Worker>> prepareEventSources(EventSourceContext<Worker> context) {
        return workers.eventSources(context);
    }

    @Override
    public UpdateControl<Worker> reconcile(Worker worker, Context<Worker> context) {
        WorkerStep step = advance.advance(worker, null, (known, status) -> StatusStore.write(known, status, context));
        UpdateControl<Worker> control = UpdateControl.noUpdate();
        return step.lookAgainIn() == null ? control : control.rescheduleAfter(step.lookAgainIn());
    }

    @Override
    public DeleteControl cleanup(Worker worker, Context<Worker> context) {
        WorkerStep step = advance.advance(
                worker, retirement.reason(worker), (known, status) -> StatusStore.write(known, status, context));
        if (step.forgotten()) {
            retirement.forget(worker);
            return DeleteControl.defaultDelete();
        }
        DeleteControl control = DeleteControl.noFinalizerRemoval();
        if (step.lookAgainIn() != null) {
            control.rescheduleAfter(step.lookAgainIn().toMillis());
        }
        return control;
    }
}
