package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * A soft and a hard limit of money, in one currency. At least one is set.
 */
@ApiRecord
/*RULES BudgetLimit*/
public record BudgetLimit(
        @JsonPropertyDescription("Above it only spot machines are made, and none ahead of the demand. Such as 20 EUR.")
        @Pattern(Forms.MONEY)
        @Size(min = 1, max = 24)
        @Nullable
        String soft,

        @JsonPropertyDescription("Above it no cloud machine is made. Busy workers finish. Such as 40 EUR.")
        @Pattern(Forms.MONEY)
        @Size(min = 1, max = 24)
        @Nullable
        String hard) {}
