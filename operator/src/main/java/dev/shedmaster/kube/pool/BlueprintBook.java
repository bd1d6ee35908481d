package dev.shedmaster.kube.pool;

import dev.shedmaster.port.PortError;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The blueprints of all pools, and what kept the newest ones from being drawn. */
public final class BlueprintBook implements Blueprints {
    private static final Page BLANK = new Page(null, -1, new PortError.Transient("it has not been looked at yet"));

    /**
     * What is known of a pool.
     *
     * @param generation of the spec that the blueprint was drawn from
     * @param problem why it could not be drawn when that was tried last
     */
    private record Page(
            @Nullable PoolBlueprint blueprint,
            long generation,
            @Nullable PortError problem) {}

    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    @Override
    public Optional<PoolBlueprint> find(String pool) {
        return Optional.ofNullable(page(pool).blueprint);
    }

    @Override
    public boolean isKnown(String pool) {
        return pages.containsKey(pool);
    }

    /** Why the pool's blueprint could not be drawn last; it may have one from before all the same. */
    public Optional<PortError> problem(String pool) {
        return Optional.ofNullable(page(pool).problem);
    }

    void drawn(String pool, long generation, PoolBlueprint blueprint) {
        pages.put(pool, new Page(blueprint, generation, null));
    }

    /** A reading that failed by chance takes nothing away: the blueprint stays if it is of the same spec. */
    void failed(String pool, long generation, PortError problem) {
        pages.compute(
                pool,
                (same, before) -> before != null && before.generation == generation && isByChance(problem)
                        ? new Page(before.blueprint, generation, problem)
                        : new Page(null, generation, problem));
    }

    private static boolean isByChance(PortError problem) {
        return problem instanceof PortError.Transient || problem instanceof PortError.Later;
    }

    void removed(String pool) {
        pages.remove(pool);
    }

    private Page page(String pool) {
        return pages.getOrDefault(pool, BLANK);
    }
}
