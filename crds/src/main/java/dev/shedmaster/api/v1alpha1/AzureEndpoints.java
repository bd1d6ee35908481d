package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of an Azure cloud.
 */
@ApiRecord
public record AzureEndpoints(
        @JsonPropertyDescription(
                "Azure Resource Manager. Absent: that of the authority's cloud, else https://management.azure.com.")
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        @Nullable
        String resourceManager,

        @JsonPropertyDescription(
                "Token service. Absent: that of the Resource Manager's cloud, else https://login.microsoftonline.com.")
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        @Nullable
        String authority,

        @JsonPropertyDescription("Instance metadata service. Absent: http://169.254.169.254.")
        @Pattern(Forms.HTTP_URL)
        @Size(min = 1, max = 2048)
        @Nullable
        String instanceMetadata) {}
