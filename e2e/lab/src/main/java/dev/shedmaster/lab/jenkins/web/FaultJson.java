package dev.shedmaster.lab.jenkins.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.Fields;
import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.fault.Fault;
import dev.shedmaster.lab.jenkins.fault.Faults.Injected;
import dev.shedmaster.lab.jenkins.fault.Latency;
import dev.shedmaster.lab.jenkins.fault.Scope;
import java.util.List;

/** Faults as orders to the lab, and as they are listed. */
final class FaultJson {
    private static final String KINDS = "unauthorized, forbidden, error, html, slow, reset, restart, node-vanished,"
            + " agent-disconnected, permission-removed, queue-flood";

    /** A fault to switch on. */
    record Order(Fault fault, Scope scope) {}

    private final ObjectMapper mapper;

    FaultJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    Order read(JsonNode order) {
        Fields fields = new Fields(
                order,
                List.of(
                        "kind",
                        "path",
                        "method",
                        "count",
                        "durationMs",
                        "status",
                        "minMs",
                        "maxMs",
                        "medianMs",
                        "sigma",
                        "afterEffect",
                        "outageMs",
                        "node",
                        "user",
                        "permission",
                        "items",
                        "label"));
        Scope scope = new Scope(
                fields.text("path", "/"),
                fields.optionalText("method"),
                fields.optionalNumber("count"),
                fields.has("durationMs") ? fields.millis("durationMs", 0) : null);
        return new Order(fault(fields), scope);
    }

    private static Fault fault(Fields fields) {
        String kind = fields.text("kind", null);
        return switch (kind) {
            case "unauthorized" -> new Fault.Status(401);
            case "forbidden" -> new Fault.Status(403);
            case "error" -> new Fault.Status(fields.number("status", 500));
            case "html" -> new Fault.Html();
            case "slow" -> new Fault.Slow(latency(fields));
            case "reset" -> new Fault.Reset(fields.truth("afterEffect"));
            case "restart" -> new Fault.Restart(fields.millis("outageMs", 10_000));
            case "node-vanished" -> new Fault.NodeVanished(fields.text("node", null));
            case "agent-disconnected" -> new Fault.AgentDisconnected(fields.text("node", null));
            case "permission-removed" ->
                new Fault.PermissionRemoved(fields.text("user", null), permission(fields.text("permission", null)));
            case "queue-flood" -> new Fault.QueueFlood(fields.number("items", 50_000), fields.optionalText("label"));
            default -> throw new IllegalArgumentException("kind: expected one of " + KINDS + ", got '" + kind + "'");
        };
    }

    private static Latency latency(Fields fields) {
        if (fields.has("medianMs")) {
            return new Latency.Lognormal(fields.millis("medianMs", 0), fields.decimal("sigma", 0.5));
        }
        return new Latency.Uniform(
                fields.millis("minMs", 0), fields.millis("maxMs", Math.max(1000, fields.number("minMs", 0))));
    }

    private static Permission permission(String name) {
        return Permission.of(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "permission: expected an id such as hudson.model.Computer.Create, got '" + name + "'"));
    }

    ArrayNode list(List<Injected> faults) {
        ArrayNode list = mapper.createArrayNode();
        faults.forEach(fault -> list.add(show(fault)));
        return list;
    }

    ObjectNode show(Injected injected) {
        ObjectNode shown = mapper.createObjectNode()
                .put("id", injected.id())
                .put("fault", String.valueOf(injected.fault()))
                .put("path", injected.scope().path())
                .put("method", injected.scope().method())
                .put("count", injected.scope().count());
        var duration = injected.scope().duration();
        return shown.put("durationMs", duration == null ? null : duration.toMillis())
                .put("hits", injected.hits())
                .put("over", injected.over());
    }
}
