package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The work in a server's rescue system.
 */
@ApiRecord
public record HostRescue(
        @JsonPropertyDescription("What is being installed; absent if nothing is.") @Nullable
        String generation,

        @JsonPropertyDescription("The boot of the rescue system that it is done in.") @Nullable
        String bootId,

        @JsonPropertyDescription("The fingerprints of that boot's host keys, as the landlord told them.")
        @Size(min = 0, max = 20)
        List<String> hostKeys,

        @JsonPropertyDescription("The disk that the system goes to.") @Nullable
        String rootDisk,

        @JsonPropertyDescription("The disk that workers' disks go to.") @Nullable
        String scratchDisk) {

    public HostRescue {
        hostKeys = Absent.first(hostKeys, 20);
    }
}
