package dev.shedmaster.core.planning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a pool's latest workers came up.
 *
 * @param consecutiveFailures how many in a row failed in a way that counts against the pool; 0 after one that worked
 * @param lastFailure when the latest of them failed; null if none
 * @param lastFailureWhy why, for a person; null if none
 */
public record BootHistory(
        int consecutiveFailures,
        @Nullable Instant lastFailure,
        @Nullable String lastFailureWhy) {
    public static final BootHistory NONE = new BootHistory(0, null, null);
}
