package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/**
 * Which hosts of the pool's namespace are meant, by their labels. An empty one means all of them.
 */
@ApiRecord
@ValidationRule(
        value = "!has(self.matchLabels) || self.matchLabels.all(k, k.matches(r'" + Forms.LABEL_KEY + "'))",
        fieldPath = ".matchLabels",
        message = "write keys of labels, such as class or example.org/class")
public record HostSelector(
        @JsonPropertyDescription("Labels that a host must have, with their values.") @Size(min = 0, max = 16)
        Map<String, @Size(max = 63) String> matchLabels,

        @JsonPropertyDescription("What else its labels must be; all of it.") @Size(min = 0, max = 16)
        List<HostLabelRule> matchExpressions) {

    public HostSelector {
        matchLabels = Absent.map(matchLabels);
        matchExpressions = Absent.list(matchExpressions);
    }

    /** All hosts of the namespace. */
    public static final HostSelector ALL = new HostSelector(Map.of(), List.of());

    /** Whether a host with these labels is meant. */
    public boolean matches(Map<String, String> labels) {
        return matchLabels.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && matchExpressions.stream().allMatch(rule -> holds(rule, labels));
    }

    private static boolean holds(HostLabelRule rule, Map<String, String> labels) {
        String value = labels.get(rule.key());
        return switch (rule.operator()) {
            case IN -> value != null && rule.values().contains(value);
            case NOT_IN -> value == null || !rule.values().contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
        };
    }
}
