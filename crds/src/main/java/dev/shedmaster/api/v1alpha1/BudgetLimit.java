package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A soft and a hard limit of money, in one currency. At least one is set.
 */
@ApiRecord
@ValidationRule(
        value = "has(self.soft) || has(self.hard)",
        message = "set at least one of soft and hard, or remove the budget")
@ValidationRule(
        value = "!has(self.soft) || !has(self.hard) || !self.soft.matches(r'" + Forms.MONEY
                + "') || !self.hard.matches(r'" + Forms.MONEY
                + "') || self.soft.split(' ')[1] == self.hard.split(' ')[1]",
        fieldPath = ".soft",
        message = "soft and hard must be in one currency: write both in the same")
@ValidationRule(
        value =
                "!has(self.soft) || !has(self.hard) || !self.soft.matches(r'" + Forms.MONEY
                        + "') || !self.hard.matches(r'" + Forms.MONEY
                        + "') || self.soft.split(' ')[1] != self.hard.split(' ')[1] || double(self.soft.split(' ')[0]) <= double(self.hard.split(' ')[0])",
        fieldPath = ".soft",
        messageExpression =
                "'soft (' + self.soft + ') is above hard (' + self.hard + '), so it would never matter: lower soft or raise hard'")
public record BudgetLimit(
        @JsonPropertyDescription("Above it only spot machines are made, and none ahead of the demand. Such as 20 EUR.")
        @Pattern(Forms.MONEY)
        @Size(min = 5, max = 24)
        @Nullable
        String soft,

        @JsonPropertyDescription("Above it no cloud machine is made. Busy workers finish. Such as 40 EUR.")
        @Pattern(Forms.MONEY)
        @Size(min = 5, max = 24)
        @Nullable
        String hard) {}
