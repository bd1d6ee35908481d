package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * What of a host no worker gets: its own system needs it.
 */
@ApiRecord
public record HostReserve(
        @JsonPropertyDescription("Hardware threads.") @Default("1") @Min(0) @Max(4096)
        Integer cpus,

        @JsonPropertyDescription("Memory, such as 12Gi.")
        @Default("2Gi")
        @Pattern(Forms.QUANTITY)
        @Size(min = 1, max = 12)
        String memory) {

    public HostReserve {
        cpus = Absent.or(cpus, 1);
        memory = Absent.or(memory, "2Gi");
    }

    /** One thread and 2Gi. */
    public static final HostReserve DEFAULT = new HostReserve(1, "2Gi");
}
