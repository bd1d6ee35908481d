package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was actually asked of the provider. Written before the call, so that nothing is forgotten.
 */
@ApiRecord
public record WorkerMachine(
        @JsonPropertyDescription("Name of the placement in the pool.") @Required
        String placement,

        @JsonPropertyDescription("The offering in one word, such as Standard_D8ds_v5/1/Spot or rx220-1/Container.")
        @Required
        String offering,

        @JsonPropertyDescription("The virtual machine of Azure.") @Nullable
        AzureMachine azure,

        @JsonPropertyDescription("The slot on a dedicated server.") @Nullable
        HostMachine host,

        @JsonPropertyDescription("The provider's id of the machine.") @Nullable
        String id,

        @JsonPropertyDescription("Where the provider tells how far it is.") @Nullable
        String operation,

        @JsonPropertyDescription("When the provider accepted the request.") @Nullable
        Instant acceptedAt) {}
