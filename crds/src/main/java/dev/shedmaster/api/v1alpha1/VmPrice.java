package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * Price of a size for an hour.
 */
@ApiRecord
@ValidationRule(
        value = "!has(self.spot) || !self.spot.matches(r'" + Forms.MONEY + "') || !self.onDemand.matches(r'"
                + Forms.MONEY + "') || self.spot.split(' ')[1] == self.onDemand.split(' ')[1]",
        fieldPath = ".spot",
        message = "spot must be in the currency of onDemand")
public record VmPrice(
        @JsonPropertyDescription("Size, such as Standard_D8ds_v5.")
        @Required
        @Pattern(Forms.VM_SIZE)
        @Size(min = 10, max = 64)
        String vmSize,

        @JsonPropertyDescription("Price of an hour, such as 0.544 USD.")
        @Required
        @Pattern(Forms.MONEY)
        @Size(min = 5, max = 24)
        String onDemand,

        @JsonPropertyDescription("Price of an hour as spot machine.")
        @Pattern(Forms.MONEY)
        @Size(min = 5, max = 24)
        @Nullable
        String spot) {}
