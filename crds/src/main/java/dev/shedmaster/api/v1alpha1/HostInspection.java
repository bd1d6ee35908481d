package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * What a server is made of, as its rescue system has seen it.
 */
@ApiRecord
public record HostInspection(
        @JsonPropertyDescription("Instruction set.") @Required
        String architecture,

        @JsonPropertyDescription("Hardware threads.") int cpus,

        @JsonPropertyDescription("Memory that its system can use.") @Required
        String memory,

        @JsonPropertyDescription("Its disks, by which rootDisk and scratchDisk can name them.") @Size(min = 0, max = 64)
        List<HostDisk> disks) {

    public HostInspection {
        disks = Absent.first(disks, 64);
    }
}
