package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * The purchase plan of an image of the Azure Marketplace.
 */
@ApiRecord
public record ImagePlan(
        @JsonPropertyDescription("Publisher of the plan.") @Required @Size(min = 1, max = 128)
        String publisher,

        @JsonPropertyDescription("Product of the plan; usually the offer of the image.")
        @Required
        @Size(min = 1, max = 128)
        String product,

        @JsonPropertyDescription("Name of the plan; usually the SKU of the image.") @Required @Size(min = 1, max = 128)
        String name) {}
