package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * How often the queue is read: often while jobs wait, less so at rest. A reading at rest is about what a browser does that
 * shows Jenkins' first page, and every second between two of them is half a second for the job that comes then.
 */
@ApiRecord
@ValidationRule(
        value = "!self.minInterval.matches(r'" + Forms.DURATION + "') || !self.maxInterval.matches(r'" + Forms.DURATION
                + "') || duration(self.minInterval) <= duration(self.maxInterval)",
        fieldPath = ".minInterval",
        messageExpression =
                "'poll.minInterval (' + self.minInterval + ') is longer than poll.maxInterval (' + self.maxInterval + '): the first is for times when jobs wait, the second for rest. Shorten the first or lengthen the second'")
@ValidationRule(
        value = "!self.maxInterval.matches(r'" + Forms.DURATION + "') || duration(self.maxInterval) <= duration('30s')",
        fieldPath = ".maxInterval",
        messageExpression =
                "'poll.maxInterval (' + self.maxInterval + ') is longer than 30s: a reading that is older than a minute is not relied on. Choose 30s or less'")
public record PollInterval(
        @JsonPropertyDescription("While jobs wait or start.")
        @Default("1s")
        @Pattern(Forms.POSITIVE_DURATION)
        @Size(min = 2, max = 24)
        String minInterval,

        @JsonPropertyDescription("At rest. 30s at most.")
        @Default("3s")
        @Pattern(Forms.POSITIVE_DURATION)
        @Size(min = 2, max = 24)
        String maxInterval) {

    public PollInterval {
        minInterval = Absent.or(minInterval, "1s");
        maxInterval = Absent.or(maxInterval, "3s");
    }

    /** Every second while jobs wait, every three seconds at rest. */
    public static final PollInterval DEFAULT = new PollInterval("1s", "3s");
}
