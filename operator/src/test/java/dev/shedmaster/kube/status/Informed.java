package dev.shedmaster.kube.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What an informer knows of one kind, as a test says it; and the wakes that reach the kind's reconciler. */
public class Informed<P extends HasMetadata> implements IndexerResourceCache<P> {
    private final Map<ResourceID, P> objects = new ConcurrentHashMap<>();
    private final KnownObjects<P> known;
    private final AtomicInteger lookups = new AtomicInteger();
    private final Map<String, Function<P, List<String>>> indices = new ConcurrentHashMap<>();

    /** What happens right after the objects have been listed. */
    public volatile Runnable afterListing = () -> {};

    /** Knows nothing yet. */
    public Informed(Class<P> kind, Consumer<ResourceID> onWake) {
        this(kind, onWake, Map.of());
    }

    /** Knows nothing yet, and finds objects by these keys. */
    public Informed(Class<P> kind, Consumer<ResourceID> onWake, Map<String, Function<P, List<String>>> indices) {
        this.known = new KnownObjects<>(
                kind.getSimpleName(),
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory()),
                indices);
        for (EventSource<?, P> source : known.eventSources(new EventSourceContext<>(this, null, null, kind))) {
            source.setEventHandler(event -> onWake.accept(event.getRelatedCustomResourceID()));
            source.start();
        }
    }

    public KnownObjects<P> known() {
        return known;
    }

    /** Adds the object, or replaces the one of its name. */
    public void put(P object) {
        objects.put(ResourceID.fromResource(object), object);
    }

    /** Forgets the object of that name. */
    public void remove(P object) {
        objects.remove(ResourceID.fromResource(object));
    }

    /** How often one of its objects was asked for. */
    public int lookups() {
        return lookups.get();
    }

    @Override
    public Optional<P> get(ResourceID id) {
        lookups.incrementAndGet();
        return Optional.ofNullable(objects.get(id));
    }

    @Override
    public Stream<ResourceID> keys() {
        return objects.keySet().stream();
    }

    @Override
    public Stream<P> list(Predicate<P> predicate) {
        List<P> listed = List.copyOf(objects.values());
        afterListing.run();
        return listed.stream().filter(predicate);
    }

    @Override
    public Stream<P> list(String namespace, Predicate<P> predicate) {
        return list(object -> namespace.equals(object.getMetadata().getNamespace()) && predicate.test(object));
    }

    @Override
    public List<P> byIndex(String name, String key) {
        Function<P, List<String>> keys = Objects.requireNonNull(indices.get(name), name);
        return objects.values().stream()
                .filter(object -> keys.apply(object).contains(key))
                .toList();
    }

    @Override
    public void addIndexers(Map<String, Function<P, List<String>>> indexers) {
        indices.putAll(indexers);
    }
}
