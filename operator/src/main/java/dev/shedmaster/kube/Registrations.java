package dev.shedmaster.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Set;

/** Registers reconcilers, all in the same way. */
final class Registrations {
    /** Whatever was missed is found by then. Looking costs no write. */
    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofMinutes(10);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final Operator operator;
    private final Set<String> namespaces;

    Registrations(Operator operator, Set<String> namespaces) {
        this.operator = operator;
        this.namespaces = namespaces;
    }

    <P extends HasMetadata> void register(Reconciler<P> reconciler, String finalizer) {
        operator.register(reconciler, configuration -> {
            configuration
                    .withFinalizer(finalizer)
                    .withReconciliationMaxInterval(LOOK_AT_LEAST_EVERY)
                    .withRetry(new GenericRetry()
                            .withoutMaxAttempts()
                            .setInitialInterval(FIRST_RETRY)
                            .setMaxInterval(LONGEST_RETRY.toMillis()));
            if (namespaces.isEmpty()) {
                configuration.watchingAllNamespaces();
            } else {
                configuration.settingNamespaces(namespaces);
            }
        });
    }
}
