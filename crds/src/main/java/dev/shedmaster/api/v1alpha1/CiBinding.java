package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * The CI system that the workers of a pool serve. Exactly one member is set.
 */
@ApiRecord
/*RULES CiBinding*/
public record CiBinding(
        @JsonPropertyDescription("The workers are agents of a Jenkins server.") @Nullable
        JenkinsBinding jenkins) {}
