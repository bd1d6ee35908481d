package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What one worker is. It never changes.
 */
@ApiRecord
@ValidationRule(
        value = "self == oldSelf",
        message = "a Worker's spec never changes; delete it and the pool makes another")
public record WorkerSpec(
        @JsonPropertyDescription("The pool that this worker belongs to.") @Required
        NameReference poolRef,

        @JsonPropertyDescription("Its place in the CI system. Exactly one member.") @Required
        WorkerCi ci,

        @JsonPropertyDescription("The way its machine is got. Exactly one member besides the name.") @Required
        WorkerPlacement placement,

        @JsonPropertyDescription("Hash of the pool's settings that this worker was made from.")
        @Required
        @Size(min = 1, max = 64)
        String templateHash) {}
