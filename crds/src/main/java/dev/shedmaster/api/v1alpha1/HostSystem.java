package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system on a server's disks.
 */
@ApiRecord
public record HostSystem(
        @JsonPropertyDescription("What was installed, as a hash of what it was made of; absent if others install it.")
        @Nullable
        String generation,

        @JsonPropertyDescription("The fingerprints of its host keys: read before its first boot, or given in spec.ssh.")
        @Size(min = 0, max = 20)
        List<String> hostKeys,

        @JsonPropertyDescription("The boot that was last found fit.") @Nullable
        String bootId) {

    public HostSystem {
        hostKeys = Absent.first(hostKeys, 20);
    }
}
