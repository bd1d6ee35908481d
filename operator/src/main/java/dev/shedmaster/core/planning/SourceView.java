package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.OutsideAgents;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One CI system, and how much its jobs and agents can be believed.
 *
 * @param name {@code namespace/name} of the CI system's object
 * @param lastReading when its queue was last read with success; null if never
 * @param failingSince since when each reading has failed; null if the newest did not
 * @param outside the agents there that are not the fleet's
 */
public record SourceView(
        String name,
        @Nullable Instant lastReading,
        @Nullable Instant failingSince,
        OutsideAgents outside) {

    /** One of which no reading fails. */
    public SourceView(String name, @Nullable Instant lastReading, OutsideAgents outside) {
        this(name, lastReading, null, outside);
    }
}
