package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/**
 * What all pools together may use of a subscription.
 */
@ApiRecord
public record AzureLimits(
        @JsonPropertyDescription("Virtual CPUs. Absent: Azure's quota.") @Min(1) @Max(1000000) @Nullable
        Integer vcpus,

        @JsonPropertyDescription("Machines. Absent: no limit.") @Min(1) @Max(100000) @Nullable
        Integer workers,

        @JsonPropertyDescription(
                "How fast Azure may be asked. Its compute provider's own limits in each region (1500 machines at once, 8 a second after that) hold as well, unless a value here is above what Azure allows everybody: then yours has been granted more, there too.")
        @Default("{}")
        RequestRates requests) {

    public AzureLimits {
        requests = Absent.or(requests, RequestRates.DEFAULT);
    }

    /** Azure's own quota, and request rates well below its limits. */
    public static final AzureLimits DEFAULT = new AzureLimits(null, null, RequestRates.DEFAULT);
}
