package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The disk that an Azure machine runs from.
 */
@ApiRecord
@ValidationRule(
        value = "!has(self.placement) || self.ephemeral",
        fieldPath = ".placement",
        message =
                "osDisk.placement says where an ephemeral disk lives: set osDisk.ephemeral to true, or remove osDisk.placement")
@ValidationRule(
        value = "!has(self.size) || !self.size" + SystemDisks.IS_QUANTITY
                + " || quantity(self.size).compareTo(quantity('4095Gi')) <= 0",
        fieldPath = ".size",
        message = "osDisk.size must be at most 4095Gi, the largest disk that Azure boots a machine from: lower it")
public record OsDisk(
        @JsonPropertyDescription(
                "Whether the disk lives on the host itself: faster, free, and gone with the machine. The size must have a local disk.")
        @Default("false")
        boolean ephemeral,

        @JsonPropertyDescription(
                "Which local disk an ephemeral disk is carved from. Absent: Azure chooses; v6 and later sizes need NvmeDisk.")
        @Nullable
        EphemeralPlacement placement,

        @JsonPropertyDescription(
                "Size of the disk, such as 64Gi. Absent: what machine.disk needs, else that of the image.")
        @Pattern(Forms.QUANTITY)
        @Size(min = 1, max = 12)
        @Nullable
        String size,

        @JsonPropertyDescription(
                "Storage type of a managed disk, or of the base of an ephemeral one. Absent: StandardSSD_LRS for a managed disk.")
        @Nullable
        OsDiskType type) {

    /** A managed disk of the image's size. */
    public static final OsDisk DEFAULT = new OsDisk(false, null, null, null);
}
