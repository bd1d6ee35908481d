package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.kube.status.Names;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Marks worker objects for deletion, which is how a worker is told to go: by the planner, by its own rules or by a person,
 * all in the same way. Remembers the reason for those that we retire ourselves.
 */
public final class Retirement {
    static final String BY_SOMEBODY = "its object was deleted";

    private final Consumer<Worker> deletion;
    /** By the worker, whose name is never used again; it has no UID before the API server has answered. */
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    /** Those that are marked, whether the cache shows it already or not. */
    private final Set<String> marked = ConcurrentHashMap.newKeySet();

    public Retirement(KubernetesClient client) {
        this(worker -> client.resource(worker).delete());
    }

    /** @param deletion asks for the deletion of a worker's object, and throws what the client throws */
    Retirement(Consumer<Worker> deletion) {
        this.deletion = deletion;
    }

    /** May be repeated, and is done once. The object stays until nothing of the worker is left. */
    public void retire(Worker worker, String why) {
        ordered(worker, why).run();
    }

    /** The worker counts as retired from now on; its object is marked when the result is run. */
    public Runnable ordered(Worker worker, String why) {
        reasons.putIfAbsent(Names.of(worker), why);
        return () -> mark(worker);
    }

    private void mark(Worker worker) {
        if (worker.getMetadata().getDeletionTimestamp() != null || !marked.add(Names.of(worker))) {
            return;
        }
        try {
            deletion.accept(worker);
        } catch (RuntimeException e) {
            // Else it would count as retired for ever, and nobody would try again.
            forget(worker);
            if (!(e instanceof KubernetesClientException refused)
                    || refused.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Whether we have asked for it already; the cache may not know yet. */
    public boolean isRetired(Worker worker) {
        return worker.getMetadata().getDeletionTimestamp() != null || reasons.containsKey(Names.of(worker));
    }

    public String reason(Worker worker) {
        return reasons.getOrDefault(Names.of(worker), BY_SOMEBODY);
    }

    public void forget(Worker worker) {
        reasons.remove(Names.of(worker));
        marked.remove(Names.of(worker));
    }
}
