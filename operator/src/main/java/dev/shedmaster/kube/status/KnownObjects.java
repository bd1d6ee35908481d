package dev.shedmaster.kube.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind as the informer knows them, and a way to have one of them looked at again. Filled when the
 * kind's reconciler is registered; before that there are no objects and nobody to wake.
 */
public final class KnownObjects<P extends HasMetadata> {
    /** Whatever was missed is found by then. Looking costs no write. */
    static final Duration AT_LEAST_EVERY = Duration.ofMinutes(10);

    private final SimpleInboundEventSource<P> source;
    private final ScheduledExecutorService timer;
    private final Map<String, Function<P, List<String>>> indices;
    private final Map<ResourceID, ScheduledFuture<?>> later = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<IndexerResourceCache<P>>> cache = new AtomicReference<>(Optional.empty());

    /** @param timer for what is to be looked at later */
    public KnownObjects(String name, ScheduledExecutorService timer) {
        this(name, timer, Map.of());
    }

    /**
     * Objects that are found by what is in them as well.
     *
     * @param timer for what is to be looked at later
     * @param indices the keys of an object, by the name of the index; they must not throw
     */
    public KnownObjects(String name, ScheduledExecutorService timer, Map<String, Function<P, List<String>>> indices) {
        this.timer = timer;
        this.indices = Map.copyOf(indices);
        this.source = new SimpleInboundEventSource<>(name);
    }

    public List<EventSource<?, P>> eventSources(EventSourceContext<P> context) {
        IndexerResourceCache<P> known = context.getPrimaryCache();
        if (!indices.isEmpty()) {
            known.addIndexers(indices);
        }
        cache.set(Optional.of(known));
        return List.of(source);
    }

    /** Has the object looked at again soon. Several wakes in a row make one look. */
    public void wake(ResourceID id) {
        source.propagateEvent(id);
    }

    /**
     * Has the object looked at again after that time, or {@link #AT_LEAST_EVERY} if it is longer or there is none. Only what
     * was said last of an object counts. The time is measured: JOSDK's own timer goes by the time of day, and when that is set
     * it is late by as much, or asleep until what it had to do first would have been due; and it keeps what is cancelled.
     */
    public void lookAgain(P object, @Nullable Duration pause) {
        ResourceID id = ResourceID.fromResource(object);
        Duration wait = pause == null || pause.compareTo(AT_LEAST_EVERY) > 0 ? AT_LEAST_EVERY : pause;
        replace(id, timer.schedule(() -> due(id), wait.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The object is gone: there is nothing to look at. */
    public void noLonger(P object) {
        replace(ResourceID.fromResource(object), null);
    }

    private void replace(ResourceID id, @Nullable ScheduledFuture<?> next) {
        later.compute(id, (same, before) -> {
            if (before != null) {
                before.cancel(false);
            }
            return next;
        });
    }

    private void due(ResourceID id) {
        later.remove(id);
        wake(id);
    }

    /** Wakes that object. Two of the same object are equal, so that who keeps them keeps one. */
    public Runnable waking(String name) {
        return new Waking<>(this, name);
    }

    private record Waking<P extends HasMetadata>(KnownObjects<P> objects, String name) implements Runnable {
        @Override
        public void run() {
            objects.wake(Names.id(name));
        }
    }

    /** All objects that the informer knows now. They are shared and must not be changed. */
    public Stream<P> objects() {
        return cache.get().map(IndexerResourceCache::list).orElseGet(Stream::empty);
    }

    /** Those of them that have this key in that index. */
    public Stream<P> objects(String index, String key) {
        return cache.get().map(known -> known.byIndex(index, key).stream()).orElseGet(Stream::empty);
    }

    public Optional<P> find(String name) {
        return cache.get().flatMap(known -> known.get(Names.id(name)));
    }
}
