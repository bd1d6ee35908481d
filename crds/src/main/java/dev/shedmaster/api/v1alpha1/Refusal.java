package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/**
 * An offering that the provider refused.
 */
@ApiRecord
public record Refusal(
        @JsonPropertyDescription("When.") @Required Instant time,

        @JsonPropertyDescription("Size, zone and priority, as in Standard_D8ds_v5/1/Spot.") @Required
        String offering,

        @JsonPropertyDescription("NoCapacity, Invalid, Unauthorized or Throttled.") @Required
        String code,

        @JsonPropertyDescription("The provider's answer.") @Required
        String why) {}
