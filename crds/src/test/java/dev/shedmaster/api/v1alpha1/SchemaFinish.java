package dev.shedmaster.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What the generator has no annotation for: lists are merged by key, texts of a wrong form are refused in words, and a
 * rule stands only once.
 */
final class SchemaFinish {

    /** The property that tells the elements of a list apart. */
    private static final Map<String, String> KEY_OF_LIST = Map.of(
            "conditions", "type",
            "placements", "name",
            "schedules", "name",
            "prices", "vmSize");

    private SchemaFinish() {}

    static void apply(JSONSchemaProps schema) {
        wordThePattern(schema);
        schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        schema.getProperties().forEach((name, property) -> {
            if ("array".equals(property.getType())) {
                mergeByKey(name, property);
            }
            apply(property);
        });
        if (schema.getItems() != null) {
            apply(schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            apply(schema.getAdditionalProperties().getSchema());
        }
    }

    private static void mergeByKey(String name, JSONSchemaProps list) {
        String key = KEY_OF_LIST.get(name);
        if (key != null) {
            list.setXKubernetesListType("map");
            list.setXKubernetesListMapKeys(List.of(key));
        } else if ("string".equals(list.getItems().getSchema().getType())) {
            list.setXKubernetesListType("set");
        }
    }

    private static void wordThePattern(JSONSchemaProps schema) {
        String form = schema.getPattern();
        if (form == null) {
            return;
        }
        schema.setPattern(null);
        ValidationRule rule = new ValidationRuleBuilder()
                .withRule("self.matches(\"" + form.replace("\\", "\\\\").replace("\"", "\\\"") + "\")")
                .withMessage(FormWording.of(form))
                .build();
        List<ValidationRule> rules = new ArrayList<>(schema.getXKubernetesValidations());
        rules.addFirst(rule);
        schema.setXKubernetesValidations(rules);
    }
}
