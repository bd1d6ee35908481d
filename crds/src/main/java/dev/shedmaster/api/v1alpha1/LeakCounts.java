package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Machines that nothing knew, since the operator looks for them.
 */
@ApiRecord
public record LeakCounts(
        @JsonPropertyDescription("Found.") int found,
        @JsonPropertyDescription("Deleted.") int deleted,

        @JsonPropertyDescription("Found now, and kept for the grace period, the limit of a round, or the mode.")
        int kept) {

    /** None found. */
    public static final LeakCounts NONE = new LeakCounts(0, 0, 0);
}
