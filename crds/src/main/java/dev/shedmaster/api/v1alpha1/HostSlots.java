package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/**
 * How much of a host workers get together.
 */
@ApiRecord
public record HostSlots(
        @JsonPropertyDescription("Workers that may have /dev/kvm at a time. Absent: as many as find room.")
        @Min(0)
        @Max(4096)
        @Nullable
        Integer kvm,

        @JsonPropertyDescription(
                "How much of its hardware threads is promised to workers, in percent: 100 is each once, 150 every second one twice. Memory is never promised twice.")
        @Default("100")
        @Min(100)
        @Max(400)
        int cpuPercent,

        @JsonPropertyDescription(
                "Allowed: where /dev/kvm does not work, virtual machines that need none in them are emulated, many times slower, as for a trial; spec.hardware.kvm must be Unneeded. Refused: there are none.")
        @Default("Refused")
        HostEmulation emulation) {

    public HostSlots {
        cpuPercent = cpuPercent == 0 ? 100 : cpuPercent;
        emulation = Absent.or(emulation, HostEmulation.REFUSED);
    }

    /** Each thread once, KVM for all, and nothing emulated. */
    public static final HostSlots DEFAULT = new HostSlots(null, 100, HostEmulation.REFUSED);
}
