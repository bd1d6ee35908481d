package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * What every worker of a pool must have, whatever the placement.
 */
@ApiRecord
@ValidationRule(
        value =
                "!has(self.disk) || !self.disk" + SystemDisks.IS_QUANTITY
                        + " || (quantity(self.disk).compareTo(quantity('1Gi')) >= 0 && quantity(self.disk).compareTo(quantity('3700Gi')) <= 0)",
        fieldPath = ".disk",
        message =
                "machine.disk must be between 1Gi and 3700Gi: the largest disk that a machine can run from has 4095Gi, and the system and its file system take their part. Ask for less, or leave it out for what the placement gives")
public record MachineRequirements(
        @JsonPropertyDescription("Instruction set.") @Required
        Architecture architecture,

        @JsonPropertyDescription("Virtual CPUs.") @Required @Min(1) @Max(1024)
        int cpus,

        @JsonPropertyDescription("Memory, such as 32Gi.") @Required @Pattern(Forms.QUANTITY) @Size(min = 1, max = 12)
        String memory,

        @JsonPropertyDescription(
                "Free disk space that jobs may count on, such as 100Gi. On Azure the system's disk is made a tenth and 8Gi larger; with an image of more than 30Gi say osDisk.size of the placement as well. Absent: what the placement gives.")
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
