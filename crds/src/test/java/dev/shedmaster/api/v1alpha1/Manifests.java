package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Valid manifests, one a kind, and how a fault is put into a copy of one. */
final class Manifests {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifests() {}

    /** Reads a YAML file of the test resources. */
    static <T> T resource(String name, Class<T> type) {
        try (InputStream file = Manifests.class.getResourceAsStream("/" + name)) {
            return YAML.readValue(file, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The valid manifest of a kind, with every optional part that a fault may be put into. */
    static ObjectNode valid(String kind) {
        return (ObjectNode)
                resource("valid.yaml", ObjectNode.class).required(kind).deepCopy();
    }

    /** A copy with values set and parts removed, each named by a JSON pointer. */
    static ObjectNode changed(ObjectNode manifest, Map<String, JsonNode> set, List<String> remove) {
        ObjectNode copy = manifest.deepCopy();
        set.forEach((pointer, value) -> put(copy, JsonPointer.compile(pointer), value));
        remove.forEach(pointer -> take(copy, JsonPointer.compile(pointer)));
        return copy;
    }

    private static void put(ObjectNode root, JsonPointer place, JsonNode value) {
        switch (root.requiredAt(place.head())) {
            case ObjectNode parent -> parent.set(place.last().getMatchingProperty(), value);
            case ArrayNode parent when place.last().getMatchingIndex() == parent.size() -> parent.add(value);
            case ArrayNode parent -> parent.set(place.last().getMatchingIndex(), value);
            case JsonNode other ->
                throw new IllegalArgumentException(place + " has no parent that holds parts: " + other);
        }
    }

    private static void take(ObjectNode root, JsonPointer place) {
        JsonNode taken =
                ((ObjectNode) root.requiredAt(place.head())).remove(place.last().getMatchingProperty());
        if (taken == null) {
            throw new IllegalArgumentException(place + " is not there to be removed");
        }
    }
}
