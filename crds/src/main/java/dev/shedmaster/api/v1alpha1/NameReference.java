package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * Points to another object of this API in the same namespace.
 */
@ApiRecord
public record NameReference(
        @JsonPropertyDescription("Name of the object, in the same namespace.")
        @Required
        @Pattern(Forms.OBJECT_NAME)
        @Size(min = 1, max = 253)
        String name) {}
