package dev.shedmaster.suite.world;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** A cluster with the chart's ServiceAccount and rights, a lab, and the operator as a process with exactly those rights. */
public final class World implements AutoCloseable {
    public static final String NAMESPACE = "ci";
    private static final String RELEASE = "shedmaster";

    private final Cluster cluster;
    private final Lab lab;
    private final Path folder;
    private final Path operatorKubeconfig;
    private int operators;

    private World(Cluster cluster, Lab lab, Path folder) {
        this.cluster = cluster;
        this.lab = lab;
        this.folder = folder;
        cluster.createNamespace(NAMESPACE);
        cluster.apply(NAMESPACE, new Chart(cluster.controlPlane().helm()).render(RELEASE, NAMESPACE, List.of()));
        this.operatorKubeconfig = cluster.actingAs(NAMESPACE, RELEASE);
    }

    /**
     * Starts everything but the operator.
     *
     * @param speed how many seconds pass for Azure in one real second
     */
    public static World start(
            ControlPlane.Options controlPlane, JenkinsOptions jenkins, double speed, UnaryOperator<Options> azure) {
        try {
            return start(controlPlane, jenkins, speed, azure, Files.createTempDirectory("shedmaster-world-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts everything but the operator.
     *
     * @param speed how many seconds pass for Azure in one real second
     * @param folder takes the operators' logs, and stays
     */
    public static World start(
            ControlPlane.Options controlPlane,
            JenkinsOptions jenkins,
            double speed,
            UnaryOperator<Options> azure,
            Path folder) {
        Cluster cluster = Cluster.start(controlPlane.withHelm());
        try {
            return new World(cluster, Lab.start(jenkins, speed, azure), folder);
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public Cluster cluster() {
        return cluster;
    }

    public Lab lab() {
        return lab;
    }

    /** Starts an operator. Its log is in a file of its own. */
    public OperatorProcess startOperator(String... arguments) {
        Path log = folder.resolve("operator-" + ++operators + ".log");
        return OperatorProcess.start(operatorKubeconfig, NAMESPACE, log, List.of("-Xmx256m"), List.of(arguments));
    }

    public void apply(String manifests) {
        cluster.apply(NAMESPACE, manifests);
    }

    public List<Worker> workers() {
        return cluster.client()
                .resources(Worker.class)
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    public WorkerPool pool(String name) {
        return cluster.client()
                .resources(WorkerPool.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .require();
    }

    @Override
    public void close() {
        lab.close();
        cluster.close();
    }
}
