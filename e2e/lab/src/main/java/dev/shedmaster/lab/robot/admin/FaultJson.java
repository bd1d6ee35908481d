package dev.shedmaster.lab.robot.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.Fields;
import dev.shedmaster.lab.robot.call.RobotCall;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultBoard;
import dev.shedmaster.lab.robot.fault.FaultKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Faults as JSON, for {@code POST /lab/faults}. All but the kind may be left out:
 *
 * <pre>
 * {"kind": "SLOW", "server": 321, "call": "RESET", "times": 1, "byMs": 30000}
 * </pre>
 */
final class FaultJson {
    private static final List<String> KNOWN = List.of("kind", "server", "call", "times", "byMs");

    private FaultJson() {}

    /** Reads a fault; an {@link IllegalArgumentException} names the field and what it may be. */
    static Fault read(JsonNode json) {
        Fields fields = new Fields(json, KNOWN);
        return new Fault(
                fields.oneOf("kind", FaultKind.class),
                fields.optionalNumber("server"),
                fields.has("call") ? fields.oneOf("call", RobotCall.class) : null,
                fields.optionalNumber("times"),
                fields.millis("byMs", 0));
    }

    static ObjectNode show(FaultBoard.Posted posted) {
        Fault fault = posted.fault();
        @Nullable RobotCall call = fault.call();
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", posted.id())
                .put("kind", fault.kind().name())
                .put("server", fault.server())
                .put("call", call == null ? null : call.name())
                .put("byMs", fault.by().toMillis())
                .put("left", posted.left())
                .put("happened", posted.happened());
    }
}
