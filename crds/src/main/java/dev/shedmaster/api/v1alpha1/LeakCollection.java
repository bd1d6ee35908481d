package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * What happens to machines that carry our tags and names and that no Worker knows.
 */
@ApiRecord
public record LeakCollection(
        @JsonPropertyDescription("Delete, DryRun (only report) or Off.") @Default("Delete")
        LeakMode mode,

        @JsonPropertyDescription("How long something must have been unknown, seen twice, before it is deleted.")
        @Default("10m")
        @Pattern(Forms.POSITIVE_DURATION)
        @Size(min = 2, max = 24)
        String gracePeriod,

        @JsonPropertyDescription("The most deletions in one round. If more is found, all is reported.")
        @Default("20")
        @Min(1)
        @Max(1000)
        int maxPerCycle) {

    public LeakCollection {
        mode = Absent.or(mode, LeakMode.DELETE);
        gracePeriod = Absent.or(gracePeriod, "10m");
        maxPerCycle = maxPerCycle == 0 ? 20 : maxPerCycle;
    }

    /** Deletes what was unknown for ten minutes, at most 20 a round. */
    public static final LeakCollection DEFAULT = new LeakCollection(LeakMode.DELETE, "10m", 20);
}
