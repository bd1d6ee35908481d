package dev.shedmaster.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.kube.worker.SampleWorkers;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconcileMetricsTest {
    private static final Map<String, Object> OF_WORKERS = Map.of(Constants.CONTROLLER_NAME, "worker");

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ReconcileMetrics metrics = new ReconcileMetrics(meters);

    private static Worker worker(int number) {
        return SampleWorkers.named("sm-kvm-" + number);
    }

    private void submit(int number) {
        metrics.receivedEvent(new Event(new ResourceID("sm-kvm-" + number, "ci")), OF_WORKERS);
        metrics.reconcileCustomResource(worker(number), null, OF_WORKERS);
    }

    private double gauge(String name) {
        return meters.get(name).tag("controller", "worker").gauge().value();
    }

    @Test
    void showsWhatWaitsAndWhatRuns() {
        submit(1);
        submit(2);
        submit(3);
        assertThat(gauge("shedmaster.reconciliations.waiting")).isEqualTo(3);

        ReconcileMetrics.Look look = metrics.begin("worker");
        assertThat(gauge("shedmaster.reconciliations.waiting")).isEqualTo(2);
        assertThat(gauge("shedmaster.reconciliations.running")).isEqualTo(1);

        look.ended(ReconcileMetrics.Outcome.DONE);
        metrics.reconciliationExecutionFinished(worker(1), OF_WORKERS);
        assertThat(gauge("shedmaster.reconciliations.waiting")).isEqualTo(2);
        assertThat(gauge("shedmaster.reconciliations.running")).isZero();
    }

    @Test
    void whatVanishedBeforeItsTurnWaitsNoLonger() {
        submit(1);
        metrics.reconciliationExecutionFinished(worker(1), OF_WORKERS);

        assertThat(gauge("shedmaster.reconciliations.waiting")).isZero();
    }

    @Test
    void thousandsOfObjectsMakeNoMoreSeriesThanOne() {
        lookAt(0);
        int series = meters.getMeters().size();

        for (int number = 1; number < 2000; number++) {
            lookAt(number);
        }

        assertThat(meters.getMeters()).hasSize(series);
        assertThat(meters.get("shedmaster.reconciliations.events").counter().count())
                .isEqualTo(2000);
        assertThat(meters.get("shedmaster.reconciliations")
                        .tag("outcome", "failed")
                        .timer()
                        .count())
                .isEqualTo(2000);
    }

    private void lookAt(int number) {
        submit(number);
        metrics.begin("worker").ended(ReconcileMetrics.Outcome.FAILED);
        metrics.retried("worker");
        metrics.failedReconciliation(worker(number), new IllegalStateException("no finalizer"), OF_WORKERS);
        metrics.reconciliationExecutionFinished(worker(number), OF_WORKERS);
    }

    @Test
    void aFailureOfTheFrameworkItselfIsARetryToo() {
        metrics.failedReconciliation(worker(1), new IllegalStateException("no finalizer"), OF_WORKERS);

        assertThat(meters.get("shedmaster.reconciliations.retries")
                        .tag("controller", "worker")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
