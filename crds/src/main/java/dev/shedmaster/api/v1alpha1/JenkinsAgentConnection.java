package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * How agents reach Jenkins.
 */
@ApiRecord
public record JenkinsAgentConnection(
        @JsonPropertyDescription("Root URL of Jenkins as the workers see it. Absent: spec.url.")
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        @Nullable
        String url) {}
