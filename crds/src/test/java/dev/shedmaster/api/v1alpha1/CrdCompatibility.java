package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether every object that a released CRD accepted is still accepted, and means the same, under a newer one. Rules in
 * CEL are not compared: a new rule has to be judged by a person.
 */
final class CrdCompatibility {

    private final List<String> breaks = new ArrayList<>();

    private CrdCompatibility() {}

    /** What the newer CRD breaks, in sentences that name the field; empty where nothing. */
    static List<String> breaks(CustomResourceDefinition released, CustomResourceDefinition newer) {
        CrdCompatibility comparison = new CrdCompatibility();
        comparison.compareNames(released, newer);
        for (CustomResourceDefinitionVersion version : released.getSpec().getVersions()) {
            comparison.compareVersion(version, newer.getSpec().getVersions());
        }
        return List.copyOf(comparison.breaks);
    }

    private void compareNames(CustomResourceDefinition released, CustomResourceDefinition newer) {
        same("group", released.getSpec().getGroup(), newer.getSpec().getGroup());
        same("scope", released.getSpec().getScope(), newer.getSpec().getScope());
        same(
                "kind",
                released.getSpec().getNames().getKind(),
                newer.getSpec().getNames().getKind());
        same(
                "plural",
                released.getSpec().getNames().getPlural(),
                newer.getSpec().getNames().getPlural());
        for (String shortName : released.getSpec().getNames().getShortNames()) {
            if (!newer.getSpec().getNames().getShortNames().contains(shortName)) {
                breaks.add("short name " + shortName + " was removed");
            }
        }
    }

    private void compareVersion(CustomResourceDefinitionVersion released, List<CustomResourceDefinitionVersion> newer) {
        newer.stream()
                .filter(version -> version.getName().equals(released.getName()) && version.getServed())
                .findFirst()
                .ifPresentOrElse(
                        version -> compare(
                                released.getName(),
                                released.getSchema().getOpenAPIV3Schema(),
                                version.getSchema().getOpenAPIV3Schema()),
                        () -> breaks.add("version " + released.getName() + " is no longer served"));
    }

    private void compare(String path, JSONSchemaProps released, JSONSchemaProps newer) {
        same("type of " + path, released.getType(), newer.getType());
        same("default of " + path, released.getDefault(), newer.getDefault());
        same("list type of " + path, released.getXKubernetesListType(), newer.getXKubernetesListType());
        same("list keys of " + path, released.getXKubernetesListMapKeys(), newer.getXKubernetesListMapKeys());
        compareEnum(path, released, newer);
        compareRequired(path, released, newer);
        notNarrower(path, "maximum", released.getMaximum(), newer.getMaximum(), 1);
        notNarrower(path, "minimum", released.getMinimum(), newer.getMinimum(), -1);
        notNarrower(path, "maxLength", released.getMaxLength(), newer.getMaxLength(), 1);
        notNarrower(path, "minLength", released.getMinLength(), newer.getMinLength(), -1);
        notNarrower(path, "maxItems", released.getMaxItems(), newer.getMaxItems(), 1);
        notNarrower(path, "minItems", released.getMinItems(), newer.getMinItems(), -1);
        notNarrower(path, "maxProperties", released.getMaxProperties(), newer.getMaxProperties(), 1);

        released.getProperties().forEach((name, property) -> {
            JSONSchemaProps counterpart = newer.getProperties().get(name);
            if (counterpart == null) {
                breaks.add(path + "." + name + " was removed");
            } else {
                compare(path + "." + name, property, counterpart);
            }
        });
        if (released.getItems() != null && newer.getItems() != null) {
            compare(
                    path + "[]",
                    released.getItems().getSchema(),
                    newer.getItems().getSchema());
        }
        if (released.getAdditionalProperties() != null && newer.getAdditionalProperties() != null) {
            compare(
                    path + ".*",
                    released.getAdditionalProperties().getSchema(),
                    newer.getAdditionalProperties().getSchema());
        }
    }

    private void compareEnum(String path, JSONSchemaProps released, JSONSchemaProps newer) {
        List<String> allowed = newer.getEnum().stream().map(JsonNode::asText).toList();
        if (released.getEnum().isEmpty() && !allowed.isEmpty()) {
            breaks.add(path + " takes only " + allowed + " where it took any text");
        }
        for (JsonNode value : released.getEnum()) {
            if (!allowed.isEmpty() && !allowed.contains(value.asText())) {
                breaks.add("value " + value.asText() + " of " + path + " was removed");
            }
        }
    }

    private void compareRequired(String path, JSONSchemaProps released, JSONSchemaProps newer) {
        for (String required : newer.getRequired()) {
            if (!released.getRequired().contains(required)) {
                breaks.add(path + "." + required + " became required");
            }
        }
    }

    private void same(String what, @Nullable Object released, @Nullable Object newer) {
        if (!Objects.equals(released, newer)) {
            breaks.add(what + " was " + released + " and is " + newer);
        }
    }

    /** A limit may be given up or widened: upwards where the sign is 1, downwards where it is -1. */
    private void notNarrower(String path, String limit, @Nullable Number released, @Nullable Number newer, int sign) {
        if (newer == null) {
            return;
        }
        boolean narrower = released == null || sign * (newer.doubleValue() - released.doubleValue()) < 0;
        if (narrower) {
            breaks.add(limit + " of " + path + " was " + released + " and is " + newer);
        }
    }
}
