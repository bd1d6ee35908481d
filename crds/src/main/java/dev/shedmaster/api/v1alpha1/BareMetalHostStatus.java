package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a host is in its life and what it waits for.
 */
@ApiRecord
public record BareMetalHostStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Where the host is in its life.") @Default("Registered") @SelectableField
        HostPhase phase,

        @JsonPropertyDescription("When the phase, or the step of it, began.") @Nullable
        Instant since,

        @JsonPropertyDescription("What the host waits for, in a sentence.") @Nullable
        String message,

        @JsonPropertyDescription("What is wrong with it.") @Nullable
        HostTrouble trouble,

        @JsonPropertyDescription("Where it is reached.") @Nullable
        String address,

        @JsonPropertyDescription("What it is made of, as its rescue system has seen it.") @Nullable
        HostInspection inspection,

        @JsonPropertyDescription("What of it workers have, and could have.") @Nullable
        HostRoom room,

        @JsonPropertyDescription("How worn its disks are, of those that tell it.") @Size(min = 0, max = 64)
        List<HostDiskWear> diskWear,

        @JsonPropertyDescription("What the operator keeps of it for itself.")
        HostRecord record,

        @JsonPropertyDescription("Ready, Provisioned, Healthy, HardwareHealthy, KvmUsable, ImagesReady.")
        @Size(min = 0, max = 16)
        List<Condition> conditions) {

    public BareMetalHostStatus {
        phase = Absent.or(phase, HostPhase.REGISTERED);
        diskWear = Absent.first(diskWear, 64);
        record = Absent.or(record, HostRecord.NONE);
        conditions = Absent.list(conditions);
    }

    /** Nothing observed yet. */
    public static BareMetalHostStatus initial() {
        return new BareMetalHostStatus(
                null, HostPhase.REGISTERED, null, null, null, null, null, null, List.of(), HostRecord.NONE, List.of());
    }
}
