package dev.shedmaster.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Registers reconcilers, all in the same way. */
final class Registrations {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final Operator operator;
    private final Set<String> namespaces;
    private final ReconcileMetrics metrics;

    Registrations(Operator operator, Set<String> namespaces, ReconcileMetrics metrics) {
        this.operator = operator;
        this.namespaces = namespaces;
        this.metrics = metrics;
    }

    <P extends HasMetadata, R extends Reconciler<P> & Cleaner<P>> void register(R reconciler, String finalizer) {
        Retry retry = new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(FIRST_RETRY)
                .setMaxInterval(LONGEST_RETRY.toMillis());
        ControllerConfiguration<P> usual = operator.getConfigurationService().getConfigurationFor(reconciler);
        String kind = usual.getResourceClass().getSimpleName().toLowerCase(Locale.ROOT);
        ControllerConfigurationOverrider<P> configuration = ControllerConfigurationOverrider.override(usual)
                .withName(kind)
                .withFinalizer(finalizer)
                .withReconciliationMaxInterval(null) // KnownObjects.lookAgain sees to that
                .withRetry(retry);
        ControllerConfiguration<P> configured = (namespaces.isEmpty()
                        ? configuration.watchingAllNamespaces()
                        : configuration.settingNamespaces(namespaces))
                .build();
        operator.register(SteadyReconciler.of(kind, reconciler, retry, metrics), configured);
    }
}
