package dev.shedmaster.suite.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** The chart's values: what values.schema.json says of each, and what values.yaml gives it. */
record ValuesReference(List<Value> values, Map<String, JsonNode> defaults) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What Helm itself adds to the values of a chart within another. */
    private static final String OF_THE_PARENT = "global";

    record Value(String path, String description) {}

    static ValuesReference read() throws IOException {
        JsonNode schema = JSON.readTree(Files.readString(Chart.FOLDER.resolve("values.schema.json")));
        JsonNode given = JSON.valueToTree(new Yaml().load(Files.readString(Chart.FOLDER.resolve("values.yaml"))));
        List<Value> values = new ArrayList<>();
        collect(schema, "", values);
        Map<String, JsonNode> defaults = new TreeMap<>();
        flatten(schema, given, "", defaults);
        return new ValuesReference(values, defaults);
    }

    List<String> described() {
        return values.stream().map(Value::path).toList();
    }

    List<String> given() {
        return List.copyOf(defaults.keySet());
    }

    List<String> withoutDescription() {
        return values.stream()
                .filter(value -> value.description().isBlank())
                .map(Value::path)
                .toList();
    }

    /** Markdown, a line for each value, in the order of the schema. */
    String table() throws JsonProcessingException {
        StringBuilder table = new StringBuilder("| Value | Default | What it is |\n|---|---|---|\n");
        for (Value value : values) {
            JsonNode given = defaults.get(value.path());
            table.append("| `%s` | `%s` | %s |%n"
                    .formatted(
                            value.path(),
                            given == null ? "" : JSON.writeValueAsString(given),
                            value.description().replace("|", "\\|")));
        }
        return table.toString();
    }

    /** Objects whose fields the schema names are descended into; free maps are values themselves. */
    private static void collect(JsonNode schema, String prefix, List<Value> values) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String path = prefix + property.getKey();
            if (property.getValue().has("properties")) {
                collect(property.getValue(), path + ".", values);
            } else if (!path.equals(OF_THE_PARENT)) {
                values.add(
                        new Value(path, property.getValue().path("description").asText()));
            }
        }
    }

    private static void flatten(JsonNode schema, JsonNode given, String prefix, Map<String, JsonNode> defaults) {
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            JsonNode known = schema.path("properties").path(field.getKey());
            if (known.has("properties")) {
                flatten(known, field.getValue(), prefix + field.getKey() + ".", defaults);
            } else {
                defaults.put(prefix + field.getKey(), field.getValue());
            }
        }
    }
}
