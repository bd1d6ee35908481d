package dev.shedmaster.lab.jenkins.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.Fields;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Controller;
import dev.shedmaster.lab.jenkins.controller.Result;
import dev.shedmaster.lab.jenkins.controller.Task;
import dev.shedmaster.lab.jenkins.controller.Views.LabView;
import dev.shedmaster.lab.jenkins.controller.WorkRecord;
import dev.shedmaster.lab.jenkins.fault.Faults;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.server.Request;

/** The lab's own addresses, which no controller has: faults, state, many jobs at once. Nobody needs to log in here. */
public final class LabSite {
    private final Controller controller;
    private final Faults faults;
    private final ObjectMapper mapper = new ObjectMapper();
    private final FaultJson faultJson = new FaultJson(mapper);

    public LabSite(Controller controller, Faults faults) {
        this.controller = controller;
        this.faults = faults;
    }

    Answer answer(Request request, byte[] body) {
        try {
            List<String> path = Site.segments(request.getHttpURI().getPath());
            Query query = Query.parse(request.getHttpURI().getQuery());
            return answer(request.getMethod(), path.subList(1, path.size()), query, body);
        } catch (Refusal refusal) {
            return problem(refusal.status(), String.valueOf(refusal.getMessage()));
        } catch (IllegalArgumentException wrongField) {
            return problem(400, String.valueOf(wrongField.getMessage()));
        }
    }

    private Answer answer(String method, List<String> path, Query query, byte[] body) {
        if (path.isEmpty() || path.size() > 2) {
            throw Refusal.notFound();
        }
        return switch (method + " " + path.getFirst()) {
            case "GET faults" -> json(faultJson.list(faults.list()));
            case "POST faults" -> {
                FaultJson.Order order = faultJson.read(object(body));
                yield json(faultJson.show(faults.inject(order.fault(), order.scope())));
            }
            case "DELETE faults" -> clear(path);
            case "GET state" -> json(state(!"false".equals(query.get("work"))));
            case "POST jobs" -> jobs(object(body));
            default -> throw Refusal.notFound();
        };
    }

    private Answer clear(List<String> path) {
        if (path.size() == 1) {
            faults.clear();
        } else if (!faults.clear(Long.parseLong(path.get(1)))) {
            throw new Refusal(404, "there is no fault " + path.get(1));
        }
        return Answer.empty(204);
    }

    private Answer jobs(JsonNode order) {
        Fields fields = new Fields(order, List.of("name", "count", "label", "kind", "durationMs", "branches"));
        Batch batch = new Batch(
                fields.text("name", null),
                fields.number("count", 1),
                fields.optionalText("label"),
                fields.oneOf("kind", Batch.Kind.class, Batch.Kind.FREESTYLE),
                fields.millis("durationMs", 1000),
                fields.number("branches", 1));
        List<Long> items = batch.enqueue(controller.jobs());
        ObjectNode answer = mapper.createObjectNode().put("job", batch.name()).put("count", items.size());
        return json(answer.put("firstItem", items.getFirst()).put("lastItem", items.getLast()));
    }

    private ObjectNode state(boolean withWork) {
        LabView view = controller.lab();
        ObjectNode state = mapper.createObjectNode();
        state.putObject("queue")
                .put("waiting", view.queue().waiting())
                .put("blocked", view.queue().blocked())
                .put("buildable", view.queue().buildable())
                .put("pending", view.queue().pending());
        state.putObject("nodes").put("defined", view.nodes()).put("online", view.onlineNodes());
        state.putObject("executors").put("total", view.totalExecutors()).put("busy", view.busyExecutors());
        ObjectNode counts = state.putObject("builds");
        for (WorkRecord.Stage stage : WorkRecord.Stage.values()) {
            counts.put(
                    stage.exportedName(),
                    view.work().stream().filter(work -> work.stage() == stage).count());
        }
        if (withWork) {
            ArrayNode work = state.putArray("work");
            view.work().forEach(record -> work.add(work(record)));
        }
        return state;
    }

    private ObjectNode work(WorkRecord record) {
        Result result = record.result();
        return mapper.createObjectNode()
                .put("queueId", record.queueId())
                .put("job", record.task().job().name())
                .put("kind", record.task() instanceof Task.OfPipeline ? "pipeline" : "freestyle")
                .put("number", record.number())
                .put("label", record.task().label())
                .put("node", record.node())
                .put("queuedAt", record.queuedAt())
                .put("buildableAt", record.buildableAt())
                .put("startedAt", record.startedAt())
                .put("finishedAt", record.finishedAt())
                .put("stage", record.stage().exportedName())
                .put("result", result == null ? null : result.name());
    }

    private JsonNode object(byte[] body) {
        try {
            JsonNode object = mapper.readTree(new String(body, StandardCharsets.UTF_8));
            if (object.isObject()) {
                return object;
            }
        } catch (JsonProcessingException notJson) {
            throw new Refusal(400, "the body is not JSON: " + notJson.getOriginalMessage());
        }
        throw new Refusal(400, "the body must be a JSON object");
    }

    private Answer problem(int status, String message) {
        Answer json = json(mapper.createObjectNode().put("error", message));
        return new Answer(status, json.contentType(), json.body());
    }

    private Answer json(JsonNode node) {
        return Answer.text(200, "application/json", node.toString());
    }
}
