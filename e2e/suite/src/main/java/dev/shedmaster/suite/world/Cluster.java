package dev.shedmaster.suite.world;

import dev.shedmaster.api.v1alpha1.GeneratedCrd;
import dev.shedmaster.controlplane.ControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A real API server with our CRDs, seen with an administrator's rights. */
public final class Cluster implements AutoCloseable {
    /** Objects that we apply are ours to change again. */
    private static final String FIELD_MANAGER = "user";

    private static final Set<String> CLUSTER_SCOPED = Set.of(
            "Namespace",
            "CustomResourceDefinition",
            "ClusterRole",
            "ClusterRoleBinding",
            "FlowSchema",
            "PriorityLevelConfiguration");

    private final ControlPlane controlPlane;
    private final KubernetesClient client;

    private Cluster(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        try {
            this.client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(Files.readString(controlPlane.kubeconfig())))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one and installs the CRDs. */
    public static Cluster start(ControlPlane.Options options) {
        Cluster cluster = new Cluster(ControlPlane.start(options));
        for (GeneratedCrd crd : GeneratedCrd.values()) {
            cluster.apply("default", crd.yaml());
        }
        for (GeneratedCrd crd : GeneratedCrd.values()) {
            cluster.client
                    .apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(crd.crdName())
                    .waitUntilCondition(
                            known -> known != null
                                    && known.getStatus() != null
                                    && known.getStatus().getConditions().stream()
                                            .anyMatch(condition -> condition
                                                            .getType()
                                                            .equals("Established")
                                                    && condition.getStatus().equals("True")),
                            30,
                            java.util.concurrent.TimeUnit.SECONDS);
        }
        return cluster;
    }

    public ControlPlane controlPlane() {
        return controlPlane;
    }

    public KubernetesClient client() {
        return client;
    }

    public void createNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** What {@code kubectl apply --server-side} does. */
    public List<HasMetadata> apply(String namespace, String manifests) {
        return client.load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8))).items().stream()
                .map(item -> {
                    if (item.getMetadata().getNamespace() == null && !isClusterScoped(item)) {
                        item.getMetadata().setNamespace(namespace);
                    }
                    return client.resource(item)
                            .fieldManager(FIELD_MANAGER)
                            .forceConflicts()
                            .serverSideApply();
                })
                .toList();
    }

    private static boolean isClusterScoped(HasMetadata item) {
        return CLUSTER_SCOPED.contains(item.getKind());
    }

    /** What the real kubectl prints, for an administrator; it must succeed. */
    public String kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                controlPlane.kubectl().toString(),
                "--kubeconfig",
                controlPlane.kubeconfig().toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }

    /** A kubeconfig with the rights of a ServiceAccount, as the operator's pod has. */
    public Path actingAs(String namespace, String serviceAccount) {
        return controlPlane.kubeconfigFor(namespace, serviceAccount);
    }

    @Override
    public void close() {
        client.close();
        controlPlane.close();
    }
}
