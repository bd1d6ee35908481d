package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the reference page of the API out of the CRDs: every field, what it takes, and what is refused. */
final class ApiReference {

    private static final String INTRODUCTION = """
            # The API

            <!-- Made from the CRDs: change the records of dev.shedmaster.api.v1alpha1 and run make crds. -->

            Group `shedmaster.dev`, version `v1alpha1`. All kinds are namespaced, and refer to each other within one namespace;
            `kubectl get shedmaster` lists them all. `examples/` has manifests to start from.

            A field in **bold** is required. A *duration* is written like `90s`, `15m` or `1h30m`; a *quantity* like `32Gi`;
            an *amount* like `20 EUR`. `kubectl explain workerpool.spec.scaling` says the same in the terminal.
            """;

    private final StringBuilder page = new StringBuilder(INTRODUCTION);

    private ApiReference() {}

    static String of(Collection<CustomResourceDefinition> definitions) {
        ApiReference reference = new ApiReference();
        for (CustomResourceDefinition definition : definitions) {
            for (CustomResourceDefinitionVersion version : definition.getSpec().getVersions()) {
                reference.kind(definition.getSpec().getNames(), version);
            }
        }
        return reference.page.toString();
    }

    private void kind(CustomResourceDefinitionNames names, CustomResourceDefinitionVersion version) {
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        page.append("\n## ").append(names.getKind()).append("\n\n");
        page.append(root.getDescription()).append(" `kubectl get ").append(names.getPlural());
        names.getShortNames().forEach(shortName -> page.append("`, short `").append(shortName));
        page.append("`.\n");
        rules("What the API server answers to a name that cannot work", root);
        root.getProperties().forEach((part, schema) -> {
            page.append("\n### ")
                    .append(names.getKind())
                    .append(" ")
                    .append(part)
                    .append("\n\n");
            page.append("| field | takes | what it is |\n|---|---|---|\n");
            rows(part, schema);
            List<String> refusals = new ArrayList<>();
            collectRefusals(part, schema, refusals);
            if (!refusals.isEmpty()) {
                page.append("\nWhat the API server answers to what cannot work:\n\n");
                refusals.forEach(refusal -> page.append("- ").append(refusal).append("\n"));
            }
        });
    }

    private void rules(String title, JSONSchemaProps schema) {
        if (!schema.getXKubernetesValidations().isEmpty()) {
            page.append("\n").append(title).append(":\n\n");
            schema.getXKubernetesValidations()
                    .forEach(rule -> page.append("- ").append(words(rule)).append("\n"));
        }
    }

    private void rows(String path, JSONSchemaProps schema) {
        schema.getProperties().forEach((name, property) -> {
            String field = path + "." + name;
            String shown = "`" + field.substring(field.indexOf('.') + 1) + "`";
            page.append("| ")
                    .append(schema.getRequired().contains(name) ? "**" + shown + "**" : shown)
                    .append(" | ")
                    .append(takes(property))
                    .append(" | ")
                    .append(property.getDescription())
                    .append(" |\n");
            rows(field, property);
            if (property.getItems() != null) {
                rows(field + "[]", property.getItems().getSchema());
            }
        });
    }

    private static String takes(JSONSchemaProps schema) {
        String what = switch (schema.getType()) {
            case "array" ->
                "list of " + takes(schema.getItems().getSchema()) + between(schema.getMinItems(), schema.getMaxItems());
            case "object" ->
                schema.getAdditionalProperties() == null
                        ? "object"
                        : "map of texts" + between(schema.getMinProperties(), schema.getMaxProperties());
            case "integer" -> "number" + between(schema.getMinimum(), schema.getMaximum());
            case "boolean" -> "true, false";
            case "string" ->
                "date-time".equals(schema.getFormat())
                        ? "time"
                        : schema.getEnum().isEmpty()
                                ? "text"
                                : schema.getEnum().stream()
                                        .map(value -> "`" + value.asText() + "`")
                                        .collect(Collectors.joining(", "));
            default -> throw new IllegalStateException("A field of a type without a name: " + schema.getType());
        };
        JsonNode preset = schema.getDefault();
        return preset == null || preset.isContainerNode() ? what : what + "; default `" + preset.asText() + "`";
    }

    private static String between(@Nullable Number least, @Nullable Number most) {
        if (most == null) {
            return "";
        }
        return least == null || (least.longValue() == 0 && most.longValue() > 0)
                ? ", at most " + most.longValue()
                : ", " + least.longValue() + " to " + most.longValue();
    }

    /** The rules on objects: what no single field shows. */
    private static void collectRefusals(String path, JSONSchemaProps schema, List<String> refusals) {
        if ("object".equals(schema.getType())) {
            for (ValidationRule rule : schema.getXKubernetesValidations()) {
                String field = rule.getFieldPath() == null ? path : path + rule.getFieldPath();
                refusals.add("`" + field + "`: " + words(rule));
            }
        }
        schema.getProperties().forEach((name, property) -> collectRefusals(path + "." + name, property, refusals));
        if (schema.getItems() != null) {
            collectRefusals(path + "[]", schema.getItems().getSchema(), refusals);
        }
    }

    /** The message of a rule; where it is made of parts, an ellipsis stands for those that differ. */
    private static String words(ValidationRule rule) {
        if (rule.getMessage() != null) {
            return rule.getMessage();
        }
        StringBuilder words = new StringBuilder();
        String[] parts = rule.getMessageExpression().split("' \\+ | \\+ '", -1);
        for (int i = 0; i < parts.length; i++) {
            words.append(i % 2 == 0 ? parts[i].replaceAll("^'|'$", "") : "…");
        }
        return words.toString();
    }
}
