package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * One way to get a machine. Exactly one member besides the name is set.
 */
@ApiRecord
@ValidationRule(
        value = "has(self.azure) != has(self.hosts)",
        message = "set exactly one kind of machine besides the name: azure or hosts")
public record Placement(
        @JsonPropertyDescription("Name of the placement, unique in the pool. Status and metrics use it.")
        @Required
        @Pattern(Forms.DNS_LABEL)
        @Size(min = 1, max = 40)
        String name,

        @JsonPropertyDescription("A virtual machine of Azure.") @Nullable
        AzurePlacement azure,

        @JsonPropertyDescription("A slot on one of the dedicated servers.") @Nullable
        HostPlacement hosts) {}
