package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes a definition as YAML that a person can read: few quotes, one line a text, whole numbers without a fraction. */
final class CrdText {

    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    private CrdText() {}

    static String of(CustomResourceDefinition definition) {
        try {
            return YAML.writeValueAsString(tidy(KUBERNETES.convertValue(definition, JsonNode.class)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tidy(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode tidied = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, JsonNode> property : object.properties()) {
                    tidied.set(property.getKey(), tidy(property.getValue()));
                }
                yield tidied;
            }
            case ArrayNode array -> {
                ArrayNode tidied = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> tidied.add(tidy(element)));
                yield tidied;
            }
            case JsonNode number
            when number.isDouble() && number.doubleValue() == Math.rint(number.doubleValue()) ->
                JsonNodeFactory.instance.numberNode(number.longValue());
            default -> node;
        };
    }
}
