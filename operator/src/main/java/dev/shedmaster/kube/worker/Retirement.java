package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.kube.status.Names;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Marks worker objects for deletion, which is how a worker is told to go: by the planner, by its own rules or by a person,
 * all in the same way. Remembers the reason for those that we retire ourselves.
 */
public final class Retirement {
    static final String BY_SOMEBODY = "its object was deleted";

    private final KubernetesClient client;
    /** By the worker, whose name is never used again; it has no UID before the API server has answered. */
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    public Retirement(KubernetesClient client) {
        this.client = client;
    }

    /** May be repeated. The object stays until nothing of the worker is left. */
    public void retire(Worker worker, String why) {
        reasons.putIfAbsent(Names.of(worker), why);
        if (worker.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        try {
            client.resource(worker).delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
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
    }
}
