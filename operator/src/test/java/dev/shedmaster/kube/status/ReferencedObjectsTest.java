package dev.shedmaster.kube.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a real API server: what is referred to is read, and its changes are heard of as long as somebody asks for it. */
class ReferencedObjectsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NAMESPACE = "default";

    private final ControlPlane controlPlane = ControlPlane.start();
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(controlPlane.kubeconfig().toFile()))
            .build();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T21:00:00Z"));
    private final ReferencedObjects references = new ReferencedObjects(client, now::get);

    @AfterEach
    void close() {
        references.close();
        client.close();
        controlPlane.close();
    }

    private static void hears() {}

    private static Secret secret(String name, String token) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .withStringData(Map.of("token", token))
                .build();
    }

    @Test
    void whoReferredToWhatIsMissingHearsWhenItIsThereAndWhenItChanges() {
        AtomicInteger changes = new AtomicInteger();
        Runnable onChange = changes::incrementAndGet;
        assertThat(references.secret(NAMESPACE, "jenkins-token", onChange))
                .isEqualTo(Outcome.failed(
                        new PortError.Invalid("secretRef", "there is no Secret default/jenkins-token: create it")));

        client.resource(secret("jenkins-token", "first")).create();
        await().atMost(PATIENCE).until(() -> changes.get() > 0);
        assertThat(token(onChange)).isEqualTo("first");

        int before = changes.get();
        client.resource(secret("jenkins-token", "second")).update();
        await().atMost(PATIENCE).until(() -> changes.get() > before);
        assertThat(token(onChange)).isEqualTo("second");
    }

    private String token(Runnable onChange) {
        return switch (references.secret(NAMESPACE, "jenkins-token", onChange)) {
            case Outcome.Done<KnownSecret>(KnownSecret known) -> known.values().getOrDefault("token", "none");
            case Outcome.Failed<KnownSecret>(PortError error) -> throw new AssertionError(error.message());
        };
    }

    @Test
    void whatNobodyAsksForAnyMoreIsWatchedNoLonger() {
        client.resource(secret("wanted", "a")).create();
        client.resource(secret("forgotten", "a")).create();
        ask("wanted");
        ask("forgotten");
        assertThat(references.watchedNow())
                .containsExactlyInAnyOrder("Secret/default/wanted", "Secret/default/forgotten");

        pass(ReferencedObjects.FORGOTTEN_AFTER);
        ask("wanted");
        assertThat(references.watchedNow()).as("not yet").hasSize(2);

        pass(Duration.ofSeconds(1));
        ask("wanted");
        assertThat(references.watchedNow()).containsExactly("Secret/default/wanted");
    }

    private void ask(String secret) {
        assertThat(references.secret(NAMESPACE, secret, ReferencedObjectsTest::hears))
                .isInstanceOf(Outcome.Done.class);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void aKeyThatAConfigMapLacksIsNamed() {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("ca")
                        .endMetadata()
                        .withData(Map.of("ca.crt", "-----BEGIN CERTIFICATE-----"))
                        .build())
                .create();
        assertThat(references.value(NAMESPACE, "caBundle", "ca", "ca.crt", ReferencedObjectsTest::hears))
                .isEqualTo(Outcome.done("-----BEGIN CERTIFICATE-----"));
        assertThat(references.value(NAMESPACE, "caBundle", "ca", "bundle.pem", ReferencedObjectsTest::hears))
                .isEqualTo(Outcome.failed(new PortError.Invalid(
                        "caBundle", "caBundle: ConfigMap default/ca has no key bundle.pem: add it")));
    }

    @Test
    void whatMayNotBeReadIsNamedWithTheRightThatIsMissing() {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("nobody")
                        .endMetadata()
                        .build())
                .create();
        client.resource(secret("jenkins-token", "a")).create();
        try (KubernetesClient nobody = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(
                                controlPlane.kubeconfigFor(NAMESPACE, "nobody").toFile()))
                        .build();
                ReferencedObjects refused = new ReferencedObjects(nobody, now::get)) {
            Outcome<KnownSecret> secret = refused.secret(NAMESPACE, "jenkins-token", ReferencedObjectsTest::hears);

            assertThat(secret)
                    .isEqualTo(Outcome.failed(
                            new PortError.Unauthorized("the operator's ServiceAccount may not read Secret"
                                    + " default/jenkins-token: grant it get, list and watch on it")));
            assertThat(ReferencedObjects.isSecretMissing(secret))
                    .as("what was read before stays good")
                    .isFalse();
        }
    }
}
