package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * What may be asked of an account, and of its servers at once.
 */
@ApiRecord
public record HetznerLimits(
        @JsonPropertyDescription("Servers that are provisioned at the same time.") @Default("2") @Min(1) @Max(50)
        int provisioningAtOnce,

        @JsonPropertyDescription(
                "Resets that are asked for within an hour. Robot takes 50, those that people ask for included; one server gets half of what is set here at most.")
        @Default("40")
        @Min(1)
        @Max(50)
        int resetsPerHour) {

    public HetznerLimits {
        provisioningAtOnce = provisioningAtOnce == 0 ? 2 : provisioningAtOnce;
        resetsPerHour = resetsPerHour == 0 ? 40 : resetsPerHour;
    }

    /** Two servers at once, and some resets left to people. */
    public static final HetznerLimits DEFAULT = new HetznerLimits(2, 40);
}
