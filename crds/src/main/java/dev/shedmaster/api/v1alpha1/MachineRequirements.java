package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * What every worker of a pool must have, whatever the placement.
 */
@ApiRecord
public record MachineRequirements(
        @JsonPropertyDescription("Instruction set.") @Required
        Architecture architecture,

        @JsonPropertyDescription("Virtual CPUs.") @Required @Min(1) @Max(1024)
        int cpus,

        @JsonPropertyDescription("Memory, such as 32Gi.") @Required @Pattern(Forms.QUANTITY) @Size(min = 1, max = 12)
        String memory,

        @JsonPropertyDescription(
                "Free disk space that jobs may count on, such as 100Gi. Absent: what the placement gives.")
        @Pattern(Forms.QUANTITY)
        @Size(min = 1, max = 12)
        @Nullable
        String disk,

        @JsonPropertyDescription(
                "Required: jobs start virtual machines of their own, so /dev/kvm must work in the worker.")
        @Default("Unneeded")
        Kvm kvm) {

    public MachineRequirements {
        kvm = Absent.or(kvm, Kvm.UNNEEDED);
    }
}
