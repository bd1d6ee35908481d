package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What one label of a host must be.
 */
@ApiRecord
@ValidationRule(
        value = "(self.operator in ['In', 'NotIn']) == (has(self.values) && self.values.size() > 0)",
        fieldPath = ".values",
        message = "In and NotIn compare with values, Exists and DoesNotExist have none: set values, or change operator")
public record HostLabelRule(
        @JsonPropertyDescription("Key of the label.") @Required @Pattern(Forms.LABEL_KEY) @Size(min = 1, max = 317)
        String key,

        @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist.") @Required
        HostLabelOperator operator,

        @JsonPropertyDescription("Values to compare with, for In and NotIn.") @Size(min = 0, max = 16)
        List<@Pattern(Forms.LABEL_VALUE) @Size(max = 63) String> values) {

    public HostLabelRule {
        values = Absent.list(values);
    }
}
