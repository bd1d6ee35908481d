package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A distribution that Hetzner's installimage unpacks.
 */
@ApiRecord
public record HostInstallimage(
        @JsonPropertyDescription(
                "A tar archive: its name among those of Hetzner's rescue system, such as Debian-1210-bookworm-amd64-base, or its URL.")
        @Required
        @Pattern(Forms.ARCHIVE)
        @Size(min = 1, max = 2048)
        String archive,

        @JsonPropertyDescription(
                "Lines of its configuration that begin with PART, LV or SUBVOL. Absent: what the server boots from, and the rest for the system.")
        @Size(min = 0, max = 20)
        List<@Pattern(Forms.VOLUME) @Size(min = 1, max = 200) String> volumes,

        @JsonPropertyDescription("Over which disks the system is spread. Absent: rootDisk alone.") @Nullable
        HostRaid raid) {

    public HostInstallimage {
        volumes = Absent.list(volumes);
    }
}
