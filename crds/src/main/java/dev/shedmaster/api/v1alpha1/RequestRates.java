package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * How fast the operator may ask Azure, shared by all pools of the subscription.
 */
@ApiRecord
public record RequestRates(
        @JsonPropertyDescription("Creates a second.") @Default("10") @Min(1) @Max(1000)
        int writesPerSecond,

        @JsonPropertyDescription("Deletes a second.") @Default("10") @Min(1) @Max(1000)
        int deletesPerSecond,

        @JsonPropertyDescription("Reads a second.") @Default("25") @Min(1) @Max(1000)
        int readsPerSecond,

        @JsonPropertyDescription("Requests of one kind that may go out at once after a pause.")
        @Default("150")
        @Min(1)
        @Max(10000)
        int burst) {

    public RequestRates {
        writesPerSecond = writesPerSecond == 0 ? 10 : writesPerSecond;
        deletesPerSecond = deletesPerSecond == 0 ? 10 : deletesPerSecond;
        readsPerSecond = readsPerSecond == 0 ? 25 : readsPerSecond;
        burst = burst == 0 ? 150 : burst;
    }

    /** Azure grants a burst of 200 to each identity in a subscription and region: the rest is for other uses of ours. */
    public static final RequestRates DEFAULT = new RequestRates(10, 10, 25, 150);
}
