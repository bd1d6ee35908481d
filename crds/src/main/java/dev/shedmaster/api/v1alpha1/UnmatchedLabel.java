package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/**
 * A label expression that neither a pool nor an agent outside the fleet serves.
 */
@ApiRecord
public record UnmatchedLabel(
        @JsonPropertyDescription("The label expression that the jobs ask for; empty for jobs that ask for none.")
        @Required
        String label,

        @JsonPropertyDescription("How many jobs.") @Required int jobs,

        @JsonPropertyDescription("Since when the oldest waits.") @Required
        Instant since,

        @JsonPropertyDescription("Why no pool serves it, and what to do.") @Required
        String why) {}
