package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The place of a worker in its CI system. Exactly one member is set.
 */
@ApiRecord
@ValidationRule(value = "has(self.jenkins)", message = "set exactly one CI system that the worker serves: ci.jenkins")
public record WorkerCi(
        @JsonPropertyDescription("A node of a Jenkins server.") @Nullable
        JenkinsNode jenkins) {}
