package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * What a server is expected to be. What it is, is looked at before anything is written to it.
 */
@ApiRecord
public record HostHardware(
        @JsonPropertyDescription("Instruction set.") @Required
        Architecture architecture,

        @JsonPropertyDescription("Hardware threads, at least.") @Required @Min(1) @Max(4096)
        int cpus,

        @JsonPropertyDescription("Memory as it is sold, at least, such as 256Gi.")
        @Required
        @Pattern(Forms.QUANTITY)
        @Size(min = 1, max = 12)
        String memory,

        @JsonPropertyDescription(
                "Required: a host whose /dev/kvm does not work serves nothing. Unneeded: then it serves workers that ask for none, in containers, and in virtual machines if spec.slots.emulation allows it.")
        @Default("Required")
        Kvm kvm) {

    public HostHardware {
        kvm = Absent.or(kvm, Kvm.REQUIRED);
    }
}
