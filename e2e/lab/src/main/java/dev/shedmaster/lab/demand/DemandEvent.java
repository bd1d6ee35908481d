package dev.shedmaster.lab.demand;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the project whose demand is replayed.
 *
 * @param channel the release channel it belongs to; null for what belongs to none
 * @param major the major version; null for what has none
 */
public record DemandEvent(
        Instant at,
        Kind kind,
        @Nullable String channel,
        @Nullable String major) {

    /** What happened. */
    public enum Kind {
        NIGHTLY,
        RELEASE_BUILD,
        DEV_BUILD,
        SDK_BOOTSTRAP,
        PR_MERGED,
        PR_LAST_PUSH_BOT,
        PR_LAST_PUSH_HUMAN;

        /** Whether the whole system is built from it. */
        boolean isFullBuild() {
            return this == NIGHTLY || this == RELEASE_BUILD || this == DEV_BUILD;
        }
    }
}
