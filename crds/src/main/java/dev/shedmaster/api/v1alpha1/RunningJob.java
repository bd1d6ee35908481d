package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that runs on a worker.
 */
@ApiRecord
public record RunningJob(
        @JsonPropertyDescription("The CI system's id of the run.") @Required
        String id,

        @JsonPropertyDescription("Name of the job as the CI system shows it.") @Required
        String name,

        @JsonPropertyDescription("Where a person can watch it.") @Nullable
        String url,

        @JsonPropertyDescription("When it was first seen to run.") @Nullable
        Instant startedAt) {}
