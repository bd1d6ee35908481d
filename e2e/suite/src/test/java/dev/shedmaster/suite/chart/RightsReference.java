package dev.shedmaster.suite.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;

/** The rights that the chart grants, for people. */
final class RightsReference {

    private RightsReference() {}

    /** Markdown, a line for each rule: those in watched namespaces first. */
    static String table(List<HasMetadata> rendered) {
        StringBuilder table =
                new StringBuilder("| Where | Group | Resources | Only | Verbs |\n|---|---|---|---|---|\n");
        for (HasMetadata object : rendered) {
            if (object instanceof ClusterRole role) {
                role.getRules().forEach(rule -> table.append(line("watched", rule)));
            }
        }
        for (HasMetadata object : rendered) {
            if (object instanceof Role role) {
                role.getRules().forEach(rule -> table.append(line("own", rule)));
            }
        }
        return table.toString();
    }

    private static String line(String where, PolicyRule rule) {
        String group = rule.getApiGroups().getFirst();
        return "| %s | %s | %s | %s | %s |%n"
                .formatted(
                        where,
                        group.isEmpty() ? "core" : group,
                        String.join(", ", rule.getResources()),
                        String.join(", ", rule.getResourceNames()),
                        String.join(", ", rule.getVerbs()));
    }
}
