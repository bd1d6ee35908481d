package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/**
 * Something that the operator decided for a pool.
 */
@ApiRecord
public record Decision(
        @JsonPropertyDescription("When.") @Required Instant time,

        @JsonPropertyDescription("What and why, in numbers.") @Required
        String text,

        @JsonPropertyDescription("The kind of decision, one CamelCase word.") @Required
        String code) {}
