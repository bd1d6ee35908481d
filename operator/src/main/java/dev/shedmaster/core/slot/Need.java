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
 * @param supply what they run, and where it is not yet; null if it is on all hosts, or nobody knows
 */
public record Need(
        String pool,
        Shape shape,
        @Nullable String zone,
        Set<String> hosts,
        @Nullable Supply supply) {
    public Need {
        hosts = Set.copyOf(hosts);
    }

    /** One whose image is on all hosts. */
    public Need(String pool, Shape shape, @Nullable String zone, Set<String> hosts) {
        this(pool, shape, zone, hosts, null);
    }

    /** The same on fewer hosts. */
    public Need on(Set<String> fewer) {
        return new Need(pool, shape, zone, fewer, supply);
    }

    /** What the image keeps from a host; null if nothing. */
    @Nullable
    Obstacle imageObstacle(String host) {
        if (supply == null || !supply.lacking().contains(host)) {
            return null;
        }
        return supply.isFetched() ? Obstacle.IMAGE_COMES : Obstacle.NO_IMAGE;
    }

    /**
     * The image that a pool's workers run.
     *
     * @param image what people call it
     * @param isFetched whether hosts fetch it by themselves; else a person has to put it there
     * @param lacking the hosts that do not have it
     */
    public record Supply(String image, boolean isFetched, Set<String> lacking) {
        public Supply {
            lacking = Set.copyOf(lacking);
        }
    }
}
