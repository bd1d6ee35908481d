package dev.shedmaster.core.slot;

import org.jspecify.annotations.Nullable;

/**
 * A worker that has a slot, from when that is decided until the worker is gone: whatever its stage, its room is not
 * free.
 *
 * @param pool its pool, as {@code namespace/name}
 * @param host the host, as {@code namespace/name}
 * @param amount what it takes
 * @param zone the trust zone that it was made for and that it keeps for life; null if none
 */
public record PlacedWorker(
        String pool, String host, Amount amount, @Nullable String zone) {}
