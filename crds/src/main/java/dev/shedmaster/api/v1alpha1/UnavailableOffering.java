package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;

/**
 * An offering of a provider that is passed over for a while.
 */
@ApiRecord
public record UnavailableOffering(
        @JsonPropertyDescription("Size, zone and priority, as in Standard_D8ds_v5/1/Spot.") @Required
        String offering,

        @JsonPropertyDescription("When it is tried again.") @Required
        Instant until,

        @JsonPropertyDescription("The provider's answer.") @Required
        String why) {}
