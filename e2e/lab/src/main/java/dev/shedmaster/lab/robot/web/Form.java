package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A form as PHP reads it: {@code a[]=1&a[]=2} is a list, {@code a[b][c]=1} a tree, and of a name that is repeated
 * without brackets the last value counts. A body of another type than {@code application/x-www-form-urlencoded} is no
 * form at all.
 */
final class Form {
    private final ObjectNode tree;

    private Form(ObjectNode tree) {
        this.tree = tree;
    }

    static Form of(LabRequest request) {
        boolean isForm = request.header("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT))
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        return parse(isForm ? request.body() : "");
    }

    static Form parse(String body) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                put(tree, keysOf(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Form(tree);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException percentWithoutNumber) {
            return text;
        }
    }

    /** {@code a[b][]} as {@code a}, {@code b} and an empty key. */
    private static List<String> keysOf(String name) {
        List<String> keys = new ArrayList<>();
        int open = name.indexOf('[');
        keys.add(open < 0 ? name : name.substring(0, open));
        while (open >= 0) {
            int close = name.indexOf(']', open);
            if (close < 0) {
                break;
            }
            keys.add(name.substring(open + 1, close));
            open = name.startsWith("[", close + 1) ? close + 1 : -1;
        }
        return keys;
    }

    private static void put(ObjectNode array, List<String> keys, String value) {
        String key = keys.getFirst().isEmpty() ? Integer.toString(array.size()) : keys.getFirst();
        if (keys.size() == 1) {
            array.put(key, value);
            return;
        }
        ObjectNode inner = array.get(key) instanceof ObjectNode there ? there : array.putObject(key);
        put(inner, keys.subList(1, keys.size()), value);
    }

    /** A value; empty when it is missing, blank or no single one. */
    Optional<String> text(String name) {
        return Optional.ofNullable(tree.get(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank());
    }

    /** All values of a list; a single value without brackets is a list of one. */
    List<String> list(String name) {
        JsonNode value = tree.path(name);
        return value.isTextual()
                ? text(name).stream().toList()
                : StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
    }

    /** A value deep in the tree; empty when it is missing. */
    Optional<String> text(List<String> path) {
        JsonNode node = tree;
        for (String key : path) {
            node = node.path(key);
        }
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
