package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * An image of the Azure Marketplace.
 */
@ApiRecord
public record MarketplaceImage(
        @JsonPropertyDescription("Publisher, such as kinvolk.") @Required @Size(min = 1, max = 128)
        String publisher,

        @JsonPropertyDescription("Offer, such as flatcar-container-linux-corevm-amd64.")
        @Required
        @Size(min = 1, max = 128)
        String offer,

        @JsonPropertyDescription("SKU, such as stable-gen2.") @Required @Size(min = 1, max = 128)
        String sku,

        @JsonPropertyDescription("Version, or latest.")
        @Default("latest")
        @Pattern(Forms.IMAGE_VERSION)
        @Size(min = 1, max = 32)
        String version) {

    public MarketplaceImage {
        version = Absent.or(version, "latest");
    }
}
