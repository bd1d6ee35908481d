package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a host may be out of service.
 */
@ApiRecord
public record HostMaintenance(
        @JsonPropertyDescription(
                "A person works on the server: it takes no further worker, and once it is empty it is left alone until this is taken back.")
        boolean enabled,

        @JsonPropertyDescription(
                "When its system may be installed anew, each window long enough for it. Absent: at any time. The first installation waits for none.")
        @Size(min = 0, max = 20)
        List<HostMaintenanceWindow> windows,

        @JsonPropertyDescription(
                "The hosts that stand in for one another, by a name of your choice: one of them at a time is out of service for a new image, and none while another one is not ready. Absent: all hosts of the namespace with this architecture.")
        @Pattern(Forms.DNS_LABEL)
        @Size(min = 1, max = 63)
        @Nullable
        String group) {

    public HostMaintenance {
        windows = Absent.list(windows);
    }

    /** At any time, with all others of its kind. */
    public static final HostMaintenance DEFAULT = new HostMaintenance(false, List.of(), null);
}
