package dev.shedmaster.controlplane;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A running Kubernetes control plane.
 *
 * <p>Where it comes from is decided by {@link #start(Options)}: the first of the user's own cluster (where they asked
 * for it), K3s in Docker, ready binaries, downloaded binaries, binaries built from Go modules. Each that is passed over
 * says why, in one line.
 *
 * <p>Apart from the user's own cluster and K3s there is no kubelet and no scheduler: a Deployment is accepted and stays
 * at 0 pods. Without {@link Options#withControllers()} a deleted namespace stays {@code Terminating}, and nothing
 * collects by owner reference.
 */
public interface ControlPlane extends AutoCloseable {

    /** Starts one with {@link Options#defaults()}. */
    static ControlPlane start() {
        return start(Options.defaults());
    }

    /**
     * Starts a control plane and returns when it answers.
     *
     * @throws ControlPlaneFailure when the machine has none, with the reason of each step; or when one that was to be
     *     had did not start, with the last lines of its log
     */
    static ControlPlane start(Options options) {
        return SourceChain.of(options).open();
    }

    /** What it is and where it came from, for people. */
    String description();

    /** A kubeconfig with all rights. Its current namespace is {@link #namespace()}. */
    Path kubeconfig();

    /**
     * A kubeconfig that acts as one ServiceAccount and no more, by a token of the TokenRequest API that lasts a day. The
     * ServiceAccount must exist; what it may do is for RBAC to say. Each call writes a new file.
     */
    Path kubeconfigFor(String namespace, String serviceAccount);

    /** The namespace to work in: {@code default}, or one made for this run where the cluster is the user's own. */
    String namespace();

    URI apiServerUrl();

    Path kubectl();

    /**
     * Helm 3.
     *
     * @throws ControlPlaneFailure where there is none; {@link Options#withHelm()} makes sure of one
     */
    Path helm();

    /** The API server's own metrics, in the Prometheus text format. */
    String metrics();

    /** Whether {@link #stopApiServer()} and its like work here: whether the API server is ours to stop. */
    boolean ownsApiServer();

    /**
     * Kills the API server, as a crash would: connections break and etcd stays. Nothing happens if it is stopped.
     *
     * @throws UnsupportedOperationException unless {@link #ownsApiServer()}
     */
    void stopApiServer();

    /**
     * Starts the API server again, on the same port and data, and returns when it answers. Nothing happens if it runs.
     *
     * @throws UnsupportedOperationException unless {@link #ownsApiServer()}
     */
    void startApiServer();

    /** {@link #stopApiServer()} and {@link #startApiServer()}. */
    default void restartApiServer() {
        stopApiServer();
        startApiServer();
    }

    /** Ends all processes and removes all files, the kubeconfigs too. The user's own cluster loses the namespace only. */
    @Override
    void close();

    /**
     * What is wanted of a control plane. A source that cannot give it is passed over.
     *
     * @param controllers whether deleted namespaces vanish and owned objects are collected
     * @param helm whether {@link ControlPlane#helm()} must work
     * @param stoppable whether {@link ControlPlane#stopApiServer()} must work
     * @param apiServerFlags further flags of kube-apiserver, such as {@code --event-ttl=1m}
     * @param apiServerPort its port on 127.0.0.1, or 0 for any
     * @param deadline how long one server may take to answer
     * @param environment the variables that decide where it comes from: {@code SHEDMASTER_CLUSTER}, {@code KUBECONFIG},
     *     {@code DOCKER_HOST}, {@code KUBE_API_TEST_DIR}, {@code PATH} and so on
     * @param log hears each step that is passed over, and the progress of a build: one line at a time
     */
    record Options(
            boolean controllers,
            boolean helm,
            boolean stoppable,
            List<String> apiServerFlags,
            int apiServerPort,
            Duration deadline,
            Map<String, String> environment,
            Consumer<String> log) {

        public Options {
            apiServerFlags = List.copyOf(apiServerFlags);
            environment = Map.copyOf(environment);
        }

        /** The API server alone, on any port, by this process's environment; the log goes to stderr. */
        public static Options defaults() {
            return new Options(
                    false, false, false, List.of(), 0, Duration.ofSeconds(60), System.getenv(), System.err::println);
        }

        /** With the controllers that delete the contents of namespaces and collect what is owned. */
        public Options withControllers() {
            return new Options(true, helm, stoppable, apiServerFlags, apiServerPort, deadline, environment, log);
        }

        public Options withHelm() {
            return new Options(controllers, true, stoppable, apiServerFlags, apiServerPort, deadline, environment, log);
        }

        /** One whose API server may be killed and started: never the user's own cluster. */
        public Options withStoppableApiServer() {
            return new Options(controllers, helm, true, apiServerFlags, apiServerPort, deadline, environment, log);
        }

        public Options withApiServerFlags(String... flags) {
            return new Options(controllers, helm, stoppable, List.of(flags), apiServerPort, deadline, environment, log);
        }

        public Options withApiServerPort(int port) {
            return new Options(controllers, helm, stoppable, apiServerFlags, port, deadline, environment, log);
        }

        public Options withDeadline(Duration each) {
            return new Options(controllers, helm, stoppable, apiServerFlags, apiServerPort, each, environment, log);
        }

        public Options withEnvironment(Map<String, String> variables) {
            return new Options(controllers, helm, stoppable, apiServerFlags, apiServerPort, deadline, variables, log);
        }

        public Options withLog(Consumer<String> lines) {
            return new Options(
                    controllers, helm, stoppable, apiServerFlags, apiServerPort, deadline, environment, lines);
        }
    }
}
