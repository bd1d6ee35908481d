package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * Which disk is meant. Everything that is given must be true of it, and of no other unless index chooses.
 */
@ApiRecord
public record DiskSelector(
        @JsonPropertyDescription("Its worldwide name, as lsblk -o WWN shows it.")
        @Pattern(Forms.DISK_NAME)
        @Size(min = 1, max = 128)
        @Nullable
        String wwn,

        @JsonPropertyDescription("Its serial number, as lsblk -o SERIAL shows it.")
        @Pattern(Forms.DISK_NAME)
        @Size(min = 1, max = 128)
        @Nullable
        String serial,

        @JsonPropertyDescription("Its size at least, such as 900Gi.")
        @Pattern(Forms.QUANTITY)
        @Size(min = 1, max = 12)
        @Nullable
        String minSize,

        @JsonPropertyDescription(
                "Which of those that fit, counted from 0 in the order of their devices' names. Absent: only one may fit.")
        @Min(0)
        @Max(63)
        @Nullable
        Integer index) {

    /** The only disk that there is. */
    public static final DiskSelector ANY = new DiskSelector(null, null, null, null);
}
