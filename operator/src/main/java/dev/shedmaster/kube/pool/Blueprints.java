package dev.shedmaster.kube.pool;

import java.util.Optional;

/** Finds the blueprint of a pool by its {@code namespace/name}. */
public interface Blueprints {

    /** Nothing if there is no such pool, or if it refers to what is not there; its status then says so. */
    Optional<PoolBlueprint> find(String pool);

    /** Whether the pool was looked at at all: before that, that there is nothing says nothing. */
    default boolean isKnown(String pool) {
        return true;
    }
}
