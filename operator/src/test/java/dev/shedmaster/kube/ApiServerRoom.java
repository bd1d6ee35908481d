package dev.shedmaster.kube;

import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.GeneratedCrd;
import dev.shedmaster.controlplane.ControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;

/** A real API server that knows our kinds, a person who writes there, and an operator with one reconciler of a test's choice. */
public final class ApiServerRoom implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(30);
    public static final String NAMESPACE = "default";

    private final ControlPlane controlPlane = ControlPlane.start();
    private final Config config =
            Config.fromKubeconfig(controlPlane.kubeconfig().toFile());
    private final KubernetesClient person =
            new KubernetesClientBuilder().withConfig(config).build();
    private final KubernetesClient lean = new KubernetesClientBuilder()
            .withConfig(config)
            .withKubernetesSerialization(LeanObjects.serialization())
            .build();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ReconcileMetrics metrics = new ReconcileMetrics(meters);
    private final Operator operator = new Operator(configuration -> configuration
            .withKubernetesClient(lean)
            .withCloseClientOnStop(false)
            .withUseSSAToPatchPrimaryResource(false)
            .checkingCRDAndValidateLocalModel(false)
            .withMetrics(metrics));

    /** Returns when objects of our kinds can be written. */
    public ApiServerRoom() {
        for (GeneratedCrd crd : GeneratedCrd.values()) {
            person.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .resource(person.getKubernetesSerialization().unmarshal(crd.yaml(), CustomResourceDefinition.class))
                    .create();
        }
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> person.resources(AzureSubscription.class).list() != null);
    }

    /** Registers the reconciler and begins to look at objects. */
    public <P extends HasMetadata, R extends Reconciler<P> & Cleaner<P>> void start(R reconciler, String finalizer) {
        new Registrations(operator, Set.of(), metrics).register(reconciler, finalizer);
        operator.start();
    }

    /** With all rights. */
    public KubernetesClient person() {
        return person;
    }

    /** The operator's own client, with all rights too. */
    public KubernetesClient operatorsClient() {
        return lean;
    }

    public MeterRegistry meters() {
        return meters;
    }

    /** How many looks have ended so. */
    public long looks(String controller, String outcome) {
        Timer looks = meters.find("shedmaster.reconciliations")
                .tag("controller", controller)
                .tag("outcome", outcome)
                .timer();
        return looks == null ? 0 : looks.count();
    }

    @Override
    public void close() {
        operator.stop();
        lean.close();
        person.close();
        controlPlane.close();
    }
}
