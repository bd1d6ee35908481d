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
 * One slot on a host: where it is, and what the worker takes of the host for as long as it lives.
 */
@ApiRecord
@ValidationRule(
        value = "self.isolation != 'Any'",
        fieldPath = ".isolation",
        message = "a worker is one or the other: set isolation to VirtualMachine or Container")
public record HostMachine(
        @JsonPropertyDescription("The BareMetalHost.") @Required
        NameReference hostRef,

        @JsonPropertyDescription("Name of the worker on the host, which its unit of systemd bears.")
        @Required
        @Size(min = 1, max = 64)
        String machine,

        @JsonPropertyDescription("VirtualMachine or Container.") @Required
        HostIsolation isolation,

        @JsonPropertyDescription("Name of its image on the host.") @Required @Size(min = 1, max = 160)
        String image,

        @JsonPropertyDescription("CPUs that it takes.") @Required @Min(1) @Max(1024)
        int cpus,

        @JsonPropertyDescription("Memory that it takes, such as 48Gi.")
        @Required
        @Pattern(Forms.QUANTITY)
        @Size(min = 1, max = 12)
        String memory,

        @JsonPropertyDescription("Whether it takes one of the host's KVM slots.") @Default("Unneeded")
        Kvm kvm,

        @JsonPropertyDescription("The trust zone that it was made for. Absent: none.")
        @Size(min = 1, max = 63)
        @Nullable
        String trustZone) {

    public HostMachine {
        kvm = Absent.or(kvm, Kvm.UNNEEDED);
    }
}
