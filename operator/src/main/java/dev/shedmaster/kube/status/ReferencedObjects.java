package dev.shedmaster.kube.status;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Secrets and ConfigMaps that our objects refer to: read by name when needed, and watched one by one, so that a change
 * takes effect without a restart and nothing else in the namespace is ever read. What nobody has asked for in a while is
 * watched no longer.
 */
public final class ReferencedObjects implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReferencedObjects.class);

    /**
     * Who deletes everything at once may delete a Secret a moment before what uses it, and workers need the credentials to
     * end. Less than the time until a troubled object is looked at next.
     */
    public static final Duration SECRET_MAY_BE_MISSING = Duration.ofSeconds(10);

    private static final String SECRET = "secretRef";

    /** Whoever refers to something asks for it at every look, and is looked at several times within this. */
    static final Duration FORGOTTEN_AFTER = KnownObjects.AT_LEAST_EVERY.multipliedBy(3);

    /** @param interested who is told of changes, and when each has asked for the object last */
    private record Watched(SharedIndexInformer<?> informer, Map<Runnable, Instant> interested) {}

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    public ReferencedObjects(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * A Secret. It is watched from now on, as long as it is asked for now and then.
     *
     * @param onChange is run after every change of it; equal ones count once
     * @return {@code Invalid} naming what to create, {@code Unauthorized} naming what to allow
     */
    public Outcome<KnownSecret> secret(String namespace, String name, Runnable onChange) {
        Resource<Secret> resource = client.secrets().inNamespace(namespace).withName(name);
        return this.<Secret>read("Secret", namespace, name, resource, onChange)
                .map(secret -> new KnownSecret(secret.getMetadata().getResourceVersion(), SecretValues.of(secret)));
    }

    /** A ConfigMap's values by key; as {@link #secret}. */
    public Outcome<Map<String, String>> configMap(String namespace, String name, Runnable onChange) {
        Resource<ConfigMap> resource =
                client.configMaps().inNamespace(namespace).withName(name);
        return this.<ConfigMap>read("ConfigMap", namespace, name, resource, onChange)
                .map(map -> map.getData() == null ? Map.of() : Map.copyOf(map.getData()));
    }

    /**
     * One value of a ConfigMap; as {@link #secret}.
     *
     * @param field names the reference in errors
     */
    public Outcome<String> value(String namespace, String field, String name, String key, Runnable onChange) {
        return configMap(namespace, name, onChange).then(values -> {
            String value = values.get(key);
            return value == null
                    ? Outcome.failed(new PortError.Invalid(
                            field, field + ": ConfigMap " + namespace + "/" + name + " has no key " + key + ": add it"))
                    : Outcome.done(value);
        });
    }

    @Override
    public void close() {
        watched.values().forEach(known -> known.informer.stop());
        watched.clear();
    }

    private <T extends HasMetadata> Outcome<T> read(
            String kind, String namespace, String name, Resource<T> resource, Runnable onChange) {
        watch(kind + "/" + namespace + "/" + name, resource, onChange);
        try {
            T object = resource.get();
            return object == null ? Outcome.failed(missing(kind, namespace, name)) : Outcome.done(object);
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                    ? Outcome.failed(new PortError.Unauthorized("the operator's ServiceAccount may not read " + kind
                            + " " + namespace + "/" + name + ": grant it get, list and watch on it"))
                    : Outcome.failed(new PortError.Transient(
                            kind + " " + namespace + "/" + name + " could not be read: " + e.getMessage()));
        }
    }

    /** Whether a Secret does not exist. Where one only could not be read, what was read before stays good. */
    public static boolean isSecretMissing(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?> failed
                && failed.error() instanceof PortError.Invalid invalid
                && invalid.field().equals(SECRET);
    }

    /** That a Secret does not exist, and what to do about it. */
    public static PortError missingSecret(String namespace, String name) {
        return missing("Secret", namespace, name);
    }

    private static PortError missing(String kind, String namespace, String name) {
        return new PortError.Invalid(
                kind.equals("Secret") ? SECRET : "configMapRef",
                "there is no " + kind + " " + namespace + "/" + name + ": create it");
    }

    private <T extends HasMetadata> void watch(String key, Resource<T> resource, Runnable onChange) {
        Instant now = clock.instant();
        watched.compute(key, (k, known) -> {
            Watched one = known == null ? watched(key, resource) : known;
            one.interested.put(onChange, now);
            return one;
        });
        Instant forgotten = now.minus(FORGOTTEN_AFTER);
        watched.keySet().forEach(one -> watched.computeIfPresent(one, (k, known) -> stillWanted(known, forgotten)));
    }

    private static <T extends HasMetadata> Watched watched(String key, Resource<T> resource) {
        Map<Runnable, Instant> interested = new ConcurrentHashMap<>();
        SharedIndexInformer<T> informer = resource.runnableInformer(0);
        informer.addEventHandler(new Notifying<>(interested.keySet()));
        informer.exceptionHandler((started, e) -> true);
        informer.start().whenComplete((v, e) -> reportNotWatched(key, e));
        return new Watched(informer, interested);
    }

    private static @Nullable Watched stillWanted(Watched known, Instant forgotten) {
        known.interested.values().removeIf(asked -> asked.isBefore(forgotten));
        if (!known.interested.isEmpty()) {
            return known;
        }
        known.informer.stop();
        return null;
    }

    /** What is watched now, as {@code kind/namespace/name}. */
    Set<String> watchedNow() {
        return Set.copyOf(watched.keySet());
    }

    private static void reportNotWatched(String key, @Nullable Throwable e) {
        if (e != null) {
            log.atWarn().log("{} is not watched: {}", key, e.getMessage());
        }
    }

    private record Notifying<T extends HasMetadata>(Set<Runnable> interested) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T added) {
            interested.forEach(Runnable::run);
        }

        @Override
        public void onUpdate(T before, T now) {
            if (!Objects.equals(
                    before.getMetadata().getResourceVersion(), now.getMetadata().getResourceVersion())) {
                interested.forEach(Runnable::run);
            }
        }

        @Override
        public void onDelete(T last, boolean unknown) {
            interested.forEach(Runnable::run);
        }
    }
}
