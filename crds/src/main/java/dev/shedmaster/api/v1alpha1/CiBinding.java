package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The CI system that the workers of a pool serve. Exactly one member is set.
 */
@ApiRecord
@ValidationRule(value = "has(self.jenkins)", message = "set exactly one CI system that the workers serve: ci.jenkins")
@ValidationRule(
        value =
                "!has(oldSelf.jenkins) || (has(self.jenkins) && self.jenkins.serverRef.name == oldSelf.jenkins.serverRef.name)",
        fieldPath = ".jenkins",
        message =
                "ci.jenkins.serverRef cannot be changed: the pool's workers are nodes of the server that it names. Make another pool for the other server and delete this one")
public record CiBinding(
        @JsonPropertyDescription("The workers are agents of a Jenkins server.") @Nullable
        JenkinsBinding jenkins) {}
