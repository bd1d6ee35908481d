package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * What the workers of a pool may cost.
 */
@ApiRecord
public record Budget(
        @JsonPropertyDescription("Limits for any one hour.") @Required
        BudgetLimit hour) {}
