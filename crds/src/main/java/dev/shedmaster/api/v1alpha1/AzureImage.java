package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The image that an Azure machine boots: exactly one of id and marketplace.
 */
@ApiRecord
@ValidationRule(
        value = "has(self.id) != has(self.marketplace)",
        message = "set exactly one of image.id and image.marketplace")
@ValidationRule(
        value = "!has(self.marketplace) || has(self.plan) || self.marketplace.offer != 'flatcar-container-linux-free'",
        fieldPath = ".marketplace.offer",
        message =
                "offer flatcar-container-linux-free is sold with a plan: set image.plan, or take offer flatcar-container-linux-corevm-amd64, which has none")
public record AzureImage(
        @JsonPropertyDescription(
                "Resource id of an image: /subscriptions/… (gallery, with or without version, or managed image), /communityGalleries/… or /sharedGalleries/….")
        @Pattern(Forms.IMAGE_ID)
        @Size(min = 1, max = 512)
        @Nullable
        String id,

        @JsonPropertyDescription("An image of the Azure Marketplace.") @Nullable
        MarketplaceImage marketplace,

        @JsonPropertyDescription(
                "The purchase plan that the image was published with, if it has one. Its terms must be accepted once in the subscription.")
        @Nullable
        ImagePlan plan) {}
