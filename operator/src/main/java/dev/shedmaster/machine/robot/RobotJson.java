package dev.shedmaster.machine.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Robot's JSON, read with the tolerance that its writer, a PHP program, needs: lists may come as objects with numbers for
 * keys, empty objects as lists, what is missing as null or as an empty text.
 */
final class RobotJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private RobotJson() {}

    /** Reads a body; a missing node if it is no JSON, as where maintenance or a proxy answers. */
    static JsonNode read(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The elements of what should be a list. A single text or number is a list of one. */
    static List<JsonNode> items(JsonNode list) {
        if (list.isValueNode()) {
            return list.isNull() || list.asText().isEmpty() ? List.of() : List.of(list);
        }
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        return items;
    }

    static List<String> texts(JsonNode list) {
        return items(list).stream().map(JsonNode::asText).toList();
    }

    /** A text; empty if there is none. */
    static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    }

    /** Whether a field holds true, in any of the spellings of PHP. */
    static boolean isTrue(JsonNode object, String field) {
        String text = text(object, field).toLowerCase(Locale.ROOT);
        return text.equals("true") || text.equals("1");
    }

    /**
     * A time; null if there is none that can be read. Robot writes {@code 2026-11-24 12:00:00} and does not say in which
     * zone; one of its clients has found it to be the landlord's own.
     */
    static @Nullable Instant time(JsonNode object, String field) {
        String text = text(object, field).replace(' ', 'T');
        if (text.isEmpty()) {
            return null;
        }
        try {
            return switch (DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from)) {
                case OffsetDateTime time -> time.toInstant();
                case LocalDateTime time -> time.atZone(ZONE).toInstant();
                default -> null;
            };
        } catch (DateTimeException e) {
            return null;
        }
    }
}
