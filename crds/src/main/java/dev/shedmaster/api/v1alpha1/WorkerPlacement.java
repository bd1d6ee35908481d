package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The way that the machine of a worker is got. Exactly one member besides the name is set.
 */
@ApiRecord
@ValidationRule(
        value = "has(self.azure) != has(self.host)",
        message = "set exactly one kind of machine besides the name: azure or host")
public record WorkerPlacement(
        @JsonPropertyDescription("Name of the placement in the pool.") @Required @Size(min = 1, max = 40)
        String name,

        @JsonPropertyDescription("A virtual machine of Azure.") @Nullable
        AzureMachine azure,

        @JsonPropertyDescription("A slot on a dedicated server.") @Nullable
        HostMachine host) {}
