package dev.shedmaster.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and times what reconcilers do. The reconciler and the outcome are the only labels: a label that names an object
 * would make a series of each machine that ever was. (The framework's own adapter labels with the number of the attempt,
 * which has no bound here.)
 */
final class ReconcileMetrics implements Metrics {
    private static final Logger log = LoggerFactory.getLogger(ReconcileMetrics.class);
    private static final String CONTROLLER = "controller";

    /** How a look at an object ended. */
    enum Outcome {
        DONE,
        /** Somebody else had changed the object meanwhile. */
        CONFLICT,
        FAILED
    }

    /** What is on its way through one reconciler. */
    private record Flow(AtomicLong submitted, AtomicLong ended, AtomicLong running, Map<Outcome, Timer> timers) {
        Flow(Map<Outcome, Timer> timers) {
            this(new AtomicLong(), new AtomicLong(), new AtomicLong(), timers);
        }

        double waiting() {
            return Math.max(0, submitted.get() - ended.get() - running.get());
        }
    }

    private final MeterRegistry meters;
    private final Map<String, Flow> flows = new ConcurrentHashMap<>();

    ReconcileMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A look began; what is returned is to be told how it ended. */
    Look begin(String controller) {
        Flow flow = flow(controller);
        flow.running.incrementAndGet();
        Timer.Sample sample = Timer.start(meters);
        return outcome -> {
            flow.running.decrementAndGet();
            sample.stop(Objects.requireNonNull(flow.timers.get(outcome)));
        };
    }

    /** A look that has begun. */
    interface Look {
        void ended(Outcome outcome);
    }

    /** An object is looked at again because the look before did not succeed. */
    void retried(String controller) {
        meters.counter("shedmaster.reconciliations.retries", CONTROLLER, controller)
                .increment();
    }

    @Override
    public void receivedEvent(Event event, Map<String, Object> metadata) {
        meters.counter("shedmaster.reconciliations.events", CONTROLLER, controller(metadata))
                .increment();
    }

    @Override
    public void reconcileCustomResource(HasMetadata object, @Nullable RetryInfo retry, Map<String, Object> metadata) {
        flow(controller(metadata)).submitted.incrementAndGet();
    }

    @Override
    public void reconciliationExecutionFinished(HasMetadata object, Map<String, Object> metadata) {
        flow(controller(metadata)).ended.incrementAndGet();
    }

    /** Only what the framework itself could not do comes here, such as adding a finalizer. It tries again by itself. */
    @Override
    public void failedReconciliation(HasMetadata object, Exception exception, Map<String, Object> metadata) {
        retried(controller(metadata));
        Trouble.of(exception).report(log.atWarn(), controller(metadata), object, "It is tried again");
    }

    private Flow flow(String controller) {
        return flows.computeIfAbsent(controller, this::measured);
    }

    private Flow measured(String controller) {
        Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            timers.put(outcome, timer(controller, outcome));
        }
        Flow flow = new Flow(timers);
        Gauge.builder("shedmaster.reconciliations.waiting", flow, Flow::waiting)
                .description("Objects that are to be looked at and wait for their turn")
                .tag(CONTROLLER, controller)
                .register(meters);
        Gauge.builder("shedmaster.reconciliations.running", flow.running, AtomicLong::get)
                .description("Objects that are being looked at now")
                .tag(CONTROLLER, controller)
                .register(meters);
        return flow;
    }

    private Timer timer(String controller, Outcome outcome) {
        return Timer.builder("shedmaster.reconciliations")
                .description("Looks at objects: how many, how they ended and how long they took")
                .tag(CONTROLLER, controller)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(meters);
    }

    private static String controller(Map<String, Object> metadata) {
        return String.valueOf(metadata.getOrDefault(Constants.CONTROLLER_NAME, "unknown"));
    }
}
