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
        int cpuPercent) {

    public HostSlots {
        cpuPercent = cpuPercent == 0 ? 100 : cpuPercent;
    }

    /** Each thread once, and KVM for all. */
    public static final HostSlots DEFAULT = new HostSlots(null, 100);
}
