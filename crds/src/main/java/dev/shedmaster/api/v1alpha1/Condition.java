package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One observed aspect of an object, in the shape that Kubernetes tools such as kubectl wait understand.
 */
@ApiRecord
public record Condition(
        @JsonPropertyDescription("What this is about, such as Ready.") @Required @Size(min = 1, max = 316)
        String type,

        @JsonPropertyDescription("True, False or Unknown.") @Required
        ConditionStatus status,

        @JsonPropertyDescription("The cause in one CamelCase word, for programs.") @Required @Size(min = 1, max = 1024)
        String reason,

        @JsonPropertyDescription("The cause and what to do about it, for people.") @Required
        String message,

        @JsonPropertyDescription("When the status last changed.") @Required
        Instant lastTransitionTime,

        @JsonPropertyDescription("The generation of the object that this was found for.") @Nullable
        Long observedGeneration) {}
