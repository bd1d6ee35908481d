package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * How fast the operator may ask Azure, shared by all pools of the subscription. Azure's compute provider has limits of its own
 * in each region, at most 1500 machines at once and 8 a second after that, and they hold too; but values above what Azure
 * allows everybody say that yours has been granted more, there as well.
 */
@ApiRecord
public record RequestRates(
        @JsonPropertyDescription("Creates a second. Azure allows everybody 10.") @Default("10") @Min(1) @Max(1000)
        int writesPerSecond,

        @JsonPropertyDescription("Deletes a second. Azure allows everybody 10.") @Default("10") @Min(1) @Max(1000)
        int deletesPerSecond,

        @JsonPropertyDescription("Reads a second. Azure allows everybody 25.") @Default("25") @Min(1) @Max(1000)
        int readsPerSecond,

        @JsonPropertyDescription(
                "Requests of one kind that may go out at once after a pause. Azure allows everybody 200 (250 reads).")
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
