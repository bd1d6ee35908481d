package dev.shedmaster.kube.pool;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The blueprints of all pools, and of the pools without one the problem that a person has to solve. */
public final class BlueprintBook implements Blueprints {
    private record Page(Optional<PoolBlueprint> blueprint, Optional<String> problem) {}

    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    @Override
    public Optional<PoolBlueprint> find(String pool) {
        return page(pool).blueprint;
    }

    /** Why the pool has no blueprint, as a sentence that says what to do. */
    public Optional<String> problem(String pool) {
        return page(pool).problem;
    }

    void drawn(String pool, PoolBlueprint blueprint) {
        pages.put(pool, new Page(Optional.of(blueprint), Optional.empty()));
    }

    void impossible(String pool, String problem) {
        pages.put(pool, new Page(Optional.empty(), Optional.of(problem)));
    }

    void removed(String pool) {
        pages.remove(pool);
    }

    private Page page(String pool) {
        return pages.getOrDefault(pool, new Page(Optional.empty(), Optional.of("it has not been looked at yet")));
    }
}
