package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ArmRefusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A place in a request's body, that can say what is wrong with it in the compute provider's words. */
record Field(JsonNode node, String path) {

    static Field root(JsonNode node) {
        return new Field(node, "");
    }

    Field at(String name) {
        return new Field(node.path(name), path.isEmpty() ? name : path + "." + name);
    }

    Field at(int index) {
        return new Field(node.path(index), path + "[" + index + "]");
    }

    boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    ArmRefusal missing() {
        return ArmError.of(400, "InvalidParameter", "Required parameter '" + path + "' is missing (null).", path)
                .refusal();
    }

    ArmRefusal invalid(String why) {
        return ArmError.of(400, "InvalidParameter", why, path).refusal();
    }

    private ArmRefusal wrongType(String wanted) {
        return ArmError.of(
                        400,
                        "InvalidRequestContent",
                        "The request content was invalid and could not be deserialized: 'Error converting value at path '"
                                + path + "': expected " + wanted + " but got " + node.getNodeType() + "'.",
                        path)
                .refusal();
    }

    Field required() {
        if (!isPresent()) {
            throw missing();
        }
        return this;
    }

    String text() {
        required();
        if (!node.isTextual()) {
            throw wrongType("a string");
        }
        if (node.asText().isBlank()) {
            throw missing();
        }
        return node.asText();
    }

    Optional<String> optionalText() {
        return isPresent() ? Optional.of(text()) : Optional.empty();
    }

    int number() {
        required();
        if (!node.isInt()) {
            throw wrongType("a number");
        }
        return node.asInt();
    }

    boolean flag(boolean otherwise) {
        if (!isPresent()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            throw wrongType("true or false");
        }
        return node.asBoolean();
    }

    int size() {
        if (isPresent() && !node.isArray()) {
            throw wrongType("an array");
        }
        return node.size();
    }

    /** Tags: at most 50, with names and values of limited length. */
    Map<String, String> tags() {
        Map<String, String> tags = new HashMap<>();
        if (!isPresent()) {
            return tags;
        }
        if (!node.isObject()) {
            throw wrongType("an object");
        }
        node.properties()
                .forEach(entry -> tags.put(entry.getKey(), entry.getValue().asText()));
        if (tags.size() > 50) {
            throw ArmError.of(
                            400,
                            "InvalidTags",
                            "The resource has " + tags.size() + " tags, but at most 50 are allowed.",
                            path)
                    .refusal();
        }
        tags.forEach((name, value) -> {
            if (name.length() > 512 || value.length() > 256) {
                throw ArmError.of(
                                400,
                                "InvalidTagLength",
                                "The tag '" + name.substring(0, Math.min(40, name.length()))
                                        + "' is too long: names have at most 512 characters, values 256.",
                                path)
                        .refusal();
            }
            if (name.chars().anyMatch(character -> "<>%&\\?/".indexOf(character) >= 0)) {
                throw ArmError.of(
                                400,
                                "InvalidTagNameCharacters",
                                "The tag name '" + name + "' has reserved characters '<,>,%,&,\\,?,/'.",
                                path)
                        .refusal();
            }
        });
        return tags;
    }
}
