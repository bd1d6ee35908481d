package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * Linux's software RAID.
 */
@ApiRecord
public record HostRaid(
        @JsonPropertyDescription("0, 1, 5, 6 or 10.") @Required @Pattern(Forms.RAID_LEVEL) @Size(min = 1, max = 2)
        String level,

        @JsonPropertyDescription("The disks beside rootDisk, each by its worldwide name or serial number.")
        @Required
        @Size(min = 1, max = 30)
        List<@Pattern(Forms.DISK_NAME) @Size(min = 1, max = 128) String> disks) {

    public HostRaid {
        disks = Absent.list(disks);
    }
}
