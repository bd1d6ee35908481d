package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * A recurring time span with limits of its own.
 */
@ApiRecord
public record Schedule(
        @JsonPropertyDescription("Name of the schedule, unique in the pool.")
        @Required
        @Pattern(Forms.DNS_LABEL)
        @Size(min = 1, max = 40)
        String name,

        @JsonPropertyDescription(
                "When the span begins, as five fields: minute, hour, day of month, month, day of week.")
        @Required
        @Pattern(Forms.CRON)
        @Size(min = 9, max = 128)
        String cron,

        @JsonPropertyDescription(
                "Time zone of cron, such as Europe/Berlin. Where clocks are set past the time of cron, the span begins when they are; a time that comes twice begins a span each time.")
        @Default("Etc/UTC")
        @Pattern(Forms.TIME_ZONE)
        @Size(min = 1, max = 64)
        String timeZone,

        @JsonPropertyDescription("How long the span lasts, such as 4h.")
        @Required
        @JsonProperty("for")
        @Pattern(Forms.POSITIVE_DURATION)
        @Size(min = 2, max = 24)
        String duration,

        @JsonPropertyDescription("Workers that are kept during the span, if more than scaling.min.")
        @Required
        @Min(0)
        @Max(10000)
        int min,

        @JsonPropertyDescription("The most workers during the span. Absent: scaling.max.") @Min(0) @Max(10000) @Nullable
        Integer max) {

    public Schedule {
        timeZone = Absent.or(timeZone, "Etc/UTC");
    }
}
