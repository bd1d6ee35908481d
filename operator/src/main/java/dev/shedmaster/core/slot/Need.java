package dev.shedmaster.core.slot;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of a pool need a slot for. All requests of a pool had better share one object: what it means for the
 * hosts is worked out once for each.
 *
 * @param pool {@code namespace/name}; what is kept back for it is its own
 * @param shape what each worker takes
 * @param zone the pool's trust zone; null if it has none
 * @param hosts the hosts that it may use, as {@code namespace/name}: the user's selector, resolved
 */
public record Need(String pool, Shape shape, @Nullable String zone, Set<String> hosts) {
    public Need {
        hosts = Set.copyOf(hosts);
    }
}
