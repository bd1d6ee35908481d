package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * The queue of a Jenkins server in numbers.
 */
@ApiRecord
public record QueueCounts(
        @JsonPropertyDescription("Items that need a worker now.")
        int buildable,

        @JsonPropertyDescription("Items that wait for something else than a worker.")
        int blocked,

        @JsonPropertyDescription("Buildable items that neither a pool nor an agent outside the fleet serves.")
        int unmatched,

        @JsonPropertyDescription("Buildable items that no pool serves and an agent outside the fleet can take.")
        int elsewhere) {

    /** An empty queue. */
    public static final QueueCounts EMPTY = new QueueCounts(0, 0, 0, 0);
}
