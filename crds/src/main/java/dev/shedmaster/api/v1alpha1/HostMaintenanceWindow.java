package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A recurring span of time.
 */
@ApiRecord
public record HostMaintenanceWindow(
        @JsonPropertyDescription(
                "When the window opens, as five fields: minute, hour, day of month, month, day of week.")
        @Required
        @Pattern(Forms.CRON)
        @Size(min = 9, max = 128)
        String cron,

        @JsonPropertyDescription("Time zone of cron, such as Europe/Berlin.")
        @Default("Etc/UTC")
        @Pattern(Forms.TIME_ZONE)
        @Size(min = 1, max = 64)
        String timeZone,

        @JsonPropertyDescription("How long the window is open, such as 4h.")
        @Required
        @JsonProperty("for")
        @Pattern(Forms.POSITIVE_DURATION)
        @Size(min = 2, max = 24)
        String duration) {

    public HostMaintenanceWindow {
        timeZone = Absent.or(timeZone, "Etc/UTC");
    }
}
