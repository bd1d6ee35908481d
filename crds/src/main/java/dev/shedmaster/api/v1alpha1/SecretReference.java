package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * Points to a Secret in the same namespace. Its keys are named where it is used.
 */
@ApiRecord
public record SecretReference(
        @JsonPropertyDescription("Name of the Secret, in the same namespace.")
        @Required
        @Pattern(Forms.OBJECT_NAME)
        @Size(min = 1, max = 253)
        String name) {}
