package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * The place of a worker in its CI system. Exactly one member is set.
 */
@ApiRecord
/*RULES WorkerCi*/
public record WorkerCi(
        @JsonPropertyDescription("A node of a Jenkins server.") @Nullable
        JenkinsNode jenkins) {}
