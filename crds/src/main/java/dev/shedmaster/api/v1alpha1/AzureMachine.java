package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * One virtual machine of Azure: its name and the offering that it is asked from.
 */
@ApiRecord
public record AzureMachine(
        @JsonPropertyDescription("The AzureSubscription.") @Required
        NameReference subscriptionRef,

        @JsonPropertyDescription("Name of the virtual machine.") @Required @Size(min = 1, max = 64)
        String machine,

        @JsonPropertyDescription("Size.") @Required @Size(min = 1, max = 64)
        String vmSize,

        @JsonPropertyDescription("Availability zone. Absent: regional.") @Size(min = 1, max = 8) @Nullable
        String zone,

        @JsonPropertyDescription("Spot or OnDemand.") @Required
        AzurePriority priority) {}
