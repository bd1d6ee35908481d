package dev.shedmaster.suite.world;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A namespace with the chart's ServiceAccount and rights, a lab of its own, and the operator as a process with exactly those
 * rights. Several may share a cluster: they do not see each other.
 */
public final class World implements AutoCloseable {
    public static final String NAMESPACE = "ci";
    private static final String RELEASE = "shedmaster";

    private final Cluster cluster;
    private final boolean ownsCluster;
    private final String namespace;
    private final Lab lab;
    private final Path folder;
    private final boolean ownsFolder;
    private final List<OperatorProcess> operators = new CopyOnWriteArrayList<>();
    private final List<ApiServerLine> lines = new CopyOnWriteArrayList<>();

    private World(Cluster cluster, boolean ownsCluster, String namespace, Lab lab, Path folder, boolean ownsFolder) {
        this.cluster = cluster;
        this.ownsCluster = ownsCluster;
        this.namespace = namespace;
        this.lab = lab;
        this.folder = folder;
        this.ownsFolder = ownsFolder;
        cluster.createNamespace(namespace);
    }

    /**
     * Starts everything but the operator.
     *
     * @param speed how many seconds pass for Azure in one real second
     */
    public static World start(
            ControlPlane.Options controlPlane, JenkinsOptions jenkins, double speed, UnaryOperator<Options> azure) {
        try {
            return start(controlPlane, LabOptions.of(jenkins, speed, azure), ownFolder(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts everything but the operator.
     *
     * @param folder takes the operators' logs, and stays
     */
    public static World start(ControlPlane.Options controlPlane, LabOptions lab, Path folder) {
        return start(controlPlane, lab, folder, false);
    }

    private static World start(ControlPlane.Options controlPlane, LabOptions options, Path folder, boolean ownsFolder) {
        Cluster cluster = Cluster.start(controlPlane.withHelm());
        try {
            Lab lab = Lab.start(options);
            return new World(cluster, true, NAMESPACE, lab, folder, ownsFolder).installed(List.of());
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static Path ownFolder() throws IOException {
        return Files.createTempDirectory("shedmaster-world-");
    }

    /**
     * Adds a world to a cluster that others use too: a new namespace with a new lab. Either install the chart there with
     * {@link #installed}, or have it served by an operator that serves all namespaces.
     */
    public static World in(
            Cluster cluster, String namespace, JenkinsOptions jenkins, double speed, UnaryOperator<Options> azure) {
        try {
            return new World(cluster, false, namespace, Lab.start(jenkins, speed, azure), ownFolder(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Installs the chart's ServiceAccount and rights, and the rest of the chart.
     *
     * @param values what is set differently
     */
    public World installed(List<String> values) {
        cluster.apply(namespace, new Chart(cluster.controlPlane().helm()).render(RELEASE, namespace, values));
        return this;
    }

    /** Where its operators' logs are. */
    public Path folder() {
        return folder;
    }

    public Cluster cluster() {
        return cluster;
    }

    public String namespace() {
        return namespace;
    }

    public Lab lab() {
        return lab;
    }

    /** Starts an operator that serves this namespace. Its log is in a file of its own. */
    public OperatorProcess startOperator(String... arguments) {
        return start(own(), Map.of(), List.of(namespace), arguments);
    }

    /** The same, with a clock that can be set. */
    public OperatorProcess startOperatorBy(SteppedClock clock, String... arguments) {
        return start(own(), clock.environment(), List.of(namespace), arguments);
    }

    /** A network to the API server that can break; it is there for as long as this world. */
    public ApiServerLine line() {
        ApiServerLine line = ApiServerLine.to(cluster.controlPlane().apiServerUrl());
        lines.add(line);
        return line;
    }

    /** Starts an operator that reaches the API server by that line alone. */
    public OperatorProcess startOperatorThrough(ApiServerLine line, String... arguments) {
        return start(line.leading(own()), Map.of(), List.of(namespace), arguments);
    }

    /** Starts an operator here that serves all namespaces. */
    public OperatorProcess startOperatorForAll(String... arguments) {
        return start(own(), Map.of(), List.of(), arguments);
    }

    /** Starts an operator that serves this namespace, from the launcher that users install. */
    public OperatorProcess startPackagedOperator(Path launcher, String... arguments) {
        return started(OperatorProcess.startPackaged(
                launcher, own(), Map.of(), namespace, List.of(namespace), nextLog(), List.of(arguments)));
    }

    private Path own() {
        return cluster.actingAs(namespace, RELEASE);
    }

    private Path nextLog() {
        return folder.resolve("operator-" + (operators.size() + 1) + ".log");
    }

    private OperatorProcess start(
            Path kubeconfig, Map<String, String> environment, List<String> served, String... arguments) {
        return started(OperatorProcess.start(
                kubeconfig, environment, namespace, served, nextLog(), List.of("-Xmx256m"), List.of(arguments)));
    }

    private OperatorProcess started(OperatorProcess operator) {
        operators.add(operator);
        return operator;
    }

    /** Every operator that was started here, in order. */
    public List<OperatorProcess> operators() {
        return List.copyOf(operators);
    }

    public void apply(String manifests) {
        cluster.apply(namespace, manifests);
    }

    public List<Worker> workers() {
        return all(Worker.class).list().getItems();
    }

    public WorkerPool pool(String name) {
        return all(WorkerPool.class).withName(name).require();
    }

    /** All objects of a kind in the namespace, with an administrator's rights. */
    public <T extends HasMetadata> NonNamespaceOperation<T, KubernetesResourceList<T>, Resource<T>> all(Class<T> kind) {
        return cluster.client().resources(kind).inNamespace(namespace);
    }

    @Override
    public void close() {
        operators.forEach(OperatorProcess::close);
        lines.forEach(ApiServerLine::close);
        lab.close();
        if (ownsCluster) {
            cluster.close();
        }
        if (ownsFolder) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
