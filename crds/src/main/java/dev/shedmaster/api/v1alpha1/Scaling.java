package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many workers a pool may have, and when.
 */
@ApiRecord
@ValidationRule(
        value = "self.min <= self.max",
        fieldPath = ".min",
        message = "scaling.min is above scaling.max: lower min or raise max")
@ValidationRule(
        value = "!has(self.schedules) || self.schedules.all(s, s.min <= (has(s.max) ? s.max : self.max))",
        fieldPath = ".schedules",
        messageExpression =
                "'the min of schedule ' + self.schedules.map(s, s.min > (has(s.max) ? s.max : self.max), s.name)[0]"
                        + " + ' is above its max (its own, else scaling.max): lower its min, or give it a higher max'")
public record Scaling(
        @JsonPropertyDescription("Workers that are kept even when no job waits.")
        @Default("0")
        @Min(0)
        @Max(10000)
        @SpecReplicas
        int min,

        @JsonPropertyDescription("The most workers that there may be. 0 pauses the pool: busy workers finish.")
        @Required
        @Min(0)
        @Max(10000)
        int max,

        @JsonPropertyDescription(
                "What the pool pays for short waits, by how long idle workers stay: Economy least, Fast longest. See idleTimeout.")
        @Default("Balanced")
        ScalingProfile profile,

        @JsonPropertyDescription(
                "How long a worker stays without a job. Absent: by the profile, 80s for Economy, 3m for Balanced, 8m for Fast.")
        @Pattern(Forms.DURATION)
        @Size(min = 2, max = 24)
        @Nullable
        String idleTimeout,

        @JsonPropertyDescription("Times at which another minimum or maximum holds.") @Size(min = 0, max = 16)
        List<Schedule> schedules,

        @JsonPropertyDescription("When pools want the same capacity, quota or budget, the highest goes first.")
        @Default("0")
        @Min(-10000)
        @Max(10000)
        int priority,

        @JsonPropertyDescription("Share among pools of the same priority.") @Default("1") @Min(1) @Max(1000)
        int weight,

        @JsonPropertyDescription(
                "What the workers may cost. Of what has no known price a hard limit lets none be made, and a soft one does not count it; the condition Ready names it. Absent: no limit.")
        @Nullable
        Budget budget) {

    public Scaling {
        profile = Absent.or(profile, ScalingProfile.BALANCED);
        schedules = Absent.list(schedules);
        weight = weight == 0 ? 1 : weight;
    }
}
