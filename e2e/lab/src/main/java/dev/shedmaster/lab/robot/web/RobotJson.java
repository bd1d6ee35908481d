package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabAnswer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON as Robot writes it: each object in an envelope that names its type, slashes escaped. */
final class RobotJson {
    // Robot writes no zone; one client takes it for the landlord's own.
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZONE);

    private RobotJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode enveloped(String type, ObjectNode object) {
        return object().set(type, object);
    }

    /**
     * A list of enveloped objects.
     *
     * @throws RobotRefusal if there is none: Robot knows no empty list
     */
    static <T> LabAnswer list(String type, List<T> all, Function<T, ObjectNode> json, RobotRefusal none) {
        if (all.isEmpty()) {
            throw none;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        all.forEach(each -> list.add(enveloped(type, json.apply(each))));
        return answer(200, list);
    }

    static LabAnswer one(String type, ObjectNode object) {
        return answer(200, enveloped(type, object));
    }

    static LabAnswer created(String type, ObjectNode object) {
        return answer(201, enveloped(type, object));
    }

    static LabAnswer.Reply answer(int status, JsonNode body) {
        LabAnswer.Reply plain = LabAnswer.json(status, body);
        return new LabAnswer.Reply(
                status, plain.headers(), plain.contentType(), plain.body().replace("/", "\\/"));
    }

    static JsonNode texts(@Nullable List<String> texts) {
        if (texts == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    static String time(Instant moment) {
        return TIME.format(moment);
    }

    static String date(Instant moment) {
        return moment.atZone(ZONE).toLocalDate().toString();
    }
}
