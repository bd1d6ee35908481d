package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * How old a disk is, and how worn.
 */
@ApiRecord
public record HostDiskWear(
        @JsonPropertyDescription("Such as /dev/nvme0n1; may be another after each boot.") @Required
        String device,

        @JsonPropertyDescription("Its serial number.") @Nullable
        String serial,

        @JsonPropertyDescription(
                "How much is used of what may be written to it, in hundredths of what its maker has promised; may be over 100.")
        @Nullable
        Integer wearPercent,

        @JsonPropertyDescription("How long it has had power, in hours, of which whole thousands are counted.") @Nullable
        Long powerOnHours) {}
