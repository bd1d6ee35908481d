package dev.shedmaster.machine.robot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.http.ApiAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import okhttp3.Headers;

/** Whatever JSON comes in place of what is documented, reading it ends in an answer and not in an exception. */
class RobotReadingsProperties {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The words of Robot's objects, with anything in them. */
    @Provide
    Arbitrary<JsonNode> json() {
        Arbitrary<JsonNode> leaves = Arbitraries.of(
                NODES.nullNode(),
                NODES.booleanNode(true),
                NODES.numberNode(321),
                NODES.numberNode(4e20),
                NODES.numberNode(-1),
                NODES.textNode(""),
                NODES.textNode("hw"),
                NODES.textNode("2001:db8::"),
                NODES.textNode("2026-11-24 12:00:00"),
                NODES.textNode("A".repeat(43)));
        return nested(nested(nested(leaves)));
    }

    private static Arbitrary<JsonNode> nested(Arbitrary<JsonNode> inner) {
        Arbitrary<String> names = Arbitraries.of(
                "server",
                "server_number",
                "server_ip",
                "server_ipv6_net",
                "status",
                "cancelled",
                "key",
                "fingerprint",
                "host_key",
                "boot_time",
                "type",
                "operating_status",
                "error",
                "code",
                "interval",
                "missing",
                "0",
                "1");
        Arbitrary<JsonNode> objects = Arbitraries.maps(names, inner)
                .ofMaxSize(6)
                .map(fields -> {
                    ObjectNode object = NODES.objectNode();
                    fields.forEach(object::set);
                    return object;
                });
        Arbitrary<JsonNode> lists = inner.list().ofMaxSize(3).map(items -> {
            ArrayNode array = NODES.arrayNode();
            items.forEach(array::add);
            return array;
        });
        return Arbitraries.oneOf(inner, objects, lists);
    }

    @Property
    void nothingThatComesIsTooStrange(@ForAll("json") JsonNode json) {
        assertThat(RescueReading.read(json).hostKeys()).allMatch(sum -> sum.matches("SHA256:[A-Za-z0-9+/]{43}"));
        assertThat(ResetReading.read(json).types()).isNotNull();
        assertThat(ServerReading.read(json).name()).isNotNull();
        RobotRefusal refusal =
                RobotRefusal.of(new ApiAnswer(400, Headers.of(), json.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal.interval()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(refusal.describe()).startsWith("HTTP 400");
    }
}
