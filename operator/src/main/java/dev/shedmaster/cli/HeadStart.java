package dev.shedmaster.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Makes the client of the cluster while the command line is still being taken apart. Each takes a few tenths of a second of
 * one core, and a replica that takes over counts them.
 */
final class HeadStart {
    private static final String FILE_OF_ARGUMENTS = "@";

    private final FutureTask<KubernetesClient> connecting = new FutureTask<>(Cluster::connect);

    private HeadStart() {}

    /** Begins if it is certain that the operator is to run, and how it is to log. */
    static HeadStart of(List<String> arguments) {
        HeadStart start = new HeadStart();
        if (!arguments.isEmpty()
                && arguments.getFirst().equals("run")
                && arguments.stream().noneMatch(argument -> argument.startsWith(FILE_OF_ARGUMENTS))) {
            LogFormat.in(arguments).choose();
            Thread.ofPlatform().daemon().name("connecting").start(start.connecting);
        }
        return start;
    }

    /** The client; made now if nothing has begun. */
    KubernetesClient client() throws InterruptedException {
        connecting.run(); // does nothing if it runs already
        try {
            return connecting.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException("cannot make a client of the cluster", e.getCause());
        }
    }
}
