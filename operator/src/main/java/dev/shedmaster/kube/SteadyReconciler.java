package dev.shedmaster.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.BaseControl;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at objects through another reconciler and has them looked at again whatever goes wrong there. That somebody else
 * has changed an object meanwhile is no failure: it is looked at afresh a moment later, and nobody is told. What fails
 * otherwise is told in one line and tried again, ever later.
 */
final class SteadyReconciler<P extends HasMetadata> implements Reconciler<P>, Cleaner<P> {
    private static final Logger log = LoggerFactory.getLogger(SteadyReconciler.class);

    /** An informer is this far behind at most, unless it is broken. */
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(250);

    private final String name;
    private final Reconciler<P> looks;
    private final Cleaner<P> ends;
    private final Retry retry;
    private final ReconcileMetrics metrics;
    private final Map<ResourceID, RetryExecution> failing = new ConcurrentHashMap<>();

    private SteadyReconciler(String name, Reconciler<P> looks, Cleaner<P> ends, Retry retry, ReconcileMetrics metrics) {
        this.name = name;
        this.looks = looks;
        this.ends = ends;
        this.retry = retry;
        this.metrics = metrics;
    }

    /**
     * Makes a reconciler steady.
     *
     * @param name as metrics and logs call it
     * @param retry the pauses after failures in a row; without an end
     */
    static <P extends HasMetadata, R extends Reconciler<P> & Cleaner<P>> SteadyReconciler<P> of(
            String name, R reconciler, Retry retry, ReconcileMetrics metrics) {
        return new SteadyReconciler<>(name, reconciler, reconciler, retry, metrics);
    }

    @Override
    public List<EventSource<?, P>> prepareEventSources(EventSourceContext<P> context) {
        return looks.prepareEventSources(context);
    }

    @Override
    public UpdateControl<P> reconcile(P object, Context<P> context) {
        return steadily(object, () -> looks.reconcile(object, context), UpdateControl::noUpdate);
    }

    @Override
    public DeleteControl cleanup(P object, Context<P> context) {
        return steadily(object, () -> ends.cleanup(object, context), DeleteControl::noFinalizerRemoval);
    }

    /** Never asked: no failure of ours reaches the framework. */
    @Override
    public ErrorStatusUpdateControl<P> updateErrorStatus(P object, Context<P> context, Exception e) {
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    private <C extends BaseControl<C>> C steadily(P object, Callable<C> step, Supplier<C> again) {
        ReconcileMetrics.Look look = metrics.begin(name);
        try {
            C control = step.call();
            failing.remove(ResourceID.fromResource(object));
            look.ended(ReconcileMetrics.Outcome.DONE);
            return control;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            look.ended(ReconcileMetrics.Outcome.FAILED);
            return again.get();
        } catch (Exception e) {
            Trouble trouble = Trouble.of(e);
            look.ended(trouble.overtaken() ? ReconcileMetrics.Outcome.CONFLICT : ReconcileMetrics.Outcome.FAILED);
            return again.get()
                    .rescheduleAfter(trouble.overtaken() ? overtaken(object, trouble) : failed(object, trouble, e));
        }
    }

    private Duration overtaken(P object, Trouble trouble) {
        failing.remove(ResourceID.fromResource(object));
        trouble.report(log.atDebug(), name, object, "Looked at afresh, as it was changed meanwhile");
        return AFTER_CONFLICT;
    }

    /** A defect of ours shows its trace once, and not again as long as the object goes on failing. */
    private Duration failed(P object, Trouble trouble, Exception e) {
        metrics.retried(name);
        ResourceID id = ResourceID.fromResource(object);
        boolean first = !failing.containsKey(id);
        RetryExecution attempts = failing.computeIfAbsent(id, i -> retry.initExecution());
        Duration pause = attempts.nextDelay()
                .map(Duration::ofMillis)
                .orElseThrow(() -> new IllegalStateException("a retry without an end has come to one", e));
        String next = "Looked at again in " + pause.toMillis() + " ms, as it failed";
        if (trouble.expected()) {
            trouble.report(log.atWarn(), name, object, next);
        } else {
            trouble.report(first ? log.atError().setCause(e) : log.atError(), name, object, next);
        }
        return pause;
    }
}
