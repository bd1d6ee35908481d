package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/**
 * A job that waits, and why.
 */
@ApiRecord
public record WaitingJob(
        @JsonPropertyDescription("Name of the job as the CI system shows it.") @Required
        String job,

        @JsonPropertyDescription("Since when it waits.") @Required
        Instant since,

        @JsonPropertyDescription("What it waits for.") @Required
        String why) {}
