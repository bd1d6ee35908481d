package dev.shedmaster.lab.azure.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts.Priority;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.lab.time.Latency;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Faults as JSON, for {@code POST /lab/faults}:
 *
 * <pre>
 * {"effect": "refuse", "error": "SkuNotAvailable",
 *  "scope": {"calls": ["PUT_VM"], "size": "Standard_D8ds_v5", "zone": "1", "priority": "Spot", "name": "w-.*"},
 *  "times": 3, "lasts": "PT5M", "probability": 0.5}
 * </pre>
 */
final class FaultJson {
    private static final Set<String> COMMON = Set.of("effect", "scope", "times", "lasts", "probability");
    private static final Set<String> SCOPE = Set.of("calls", "location", "size", "zone", "priority", "name");
    private static final String EFFECTS =
            "refuse, failLater, throttle, brokenServer, reset, loseResponse, delay, listLag, hideInstanceView, "
                    + "showStoppedBeforeStart, forgetOperation, neverReady, slowBoot, noAgent, preparationFails, evict, refuseToken, rejectToken";

    private final JsonNode json;
    private final Set<String> read = new HashSet<>(COMMON);

    private FaultJson(JsonNode json) {
        this.json = json;
    }

    /** Reads a fault; an {@link IllegalArgumentException} names the field and what it may be. */
    static Fault read(JsonNode json) {
        FaultJson reader = new FaultJson(json);
        Fault fault = new Fault(
                reader.effect(),
                scope(json.path("scope")),
                json.hasNonNull("times") ? json.get("times").asInt() : null,
                reader.duration("lasts"),
                json.path("probability").asDouble(1));
        json.fieldNames().forEachRemaining(field -> {
            if (!reader.read.contains(field)) {
                throw new IllegalArgumentException("field '" + field + "' does not go with this effect: it takes "
                        + reader.read.stream().sorted().toList());
            }
        });
        return fault;
    }

    private FaultEffect effect() {
        String effect = text("effect", "");
        return switch (effect) {
            case "refuse" ->
                new FaultEffect.Refuse(error(), optionalText("message"), number("status"), duration("retryAfter"));
            case "failLater" -> new FaultEffect.FailLater(error(), optionalText("message"));
            case "throttle" -> new FaultEffect.Throttle(source(), duration("retryAfter"));
            case "brokenServer" ->
                new FaultEffect.BrokenServer(status(503), "true".equals(text("html", "false")), duration("retryAfter"));
            case "reset" -> new FaultEffect.Reset();
            case "loseResponse" -> new FaultEffect.LoseResponse();
            case "delay" -> new FaultEffect.Delay(required("by"));
            case "listLag" -> new FaultEffect.ListLag(required("by"));
            case "hideInstanceView" -> new FaultEffect.HideInstanceView();
            case "showStoppedBeforeStart" -> new FaultEffect.ShowStoppedBeforeStart();
            case "forgetOperation" -> new FaultEffect.ForgetOperation();
            case "neverReady" -> new FaultEffect.NeverReady();
            case "slowBoot" -> new FaultEffect.SlowBoot(Latency.fixed(required("by")));
            case "noAgent" -> new FaultEffect.NoAgent(text("why", "the image is broken"));
            case "preparationFails" ->
                new FaultEffect.PreparationFails(text("why", "the agent's image cannot be pulled"));
            case "evict" -> new FaultEffect.Evict(required("after"));
            case "refuseToken" ->
                new FaultEffect.RefuseToken(
                        status(401),
                        text("error", "invalid_client"),
                        text("description", "refused as a fault demands"));
            case "rejectToken" -> new FaultEffect.RejectToken();
            default -> throw new IllegalArgumentException("effect '" + effect + "' is unknown: use one of " + EFFECTS);
        };
    }

    private KnownError error() {
        String name = text("error", "");
        return KnownError.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "error '" + name + "' is unknown: use one of " + KnownError.names()));
    }

    private FaultEffect.Throttle.Source source() {
        String source = text("source", "compute");
        return switch (source) {
            case "compute" -> FaultEffect.Throttle.Source.COMPUTE;
            case "frontDoor" -> FaultEffect.Throttle.Source.FRONT_DOOR;
            default ->
                throw new IllegalArgumentException("source '" + source + "' is unknown: use compute or frontDoor");
        };
    }

    private int status(int otherwise) {
        Integer status = number("status");
        return status == null ? otherwise : status;
    }

    private String text(String field, String otherwise) {
        read.add(field);
        return json.hasNonNull(field) ? json.get(field).asText() : otherwise;
    }

    private @Nullable String optionalText(String field) {
        read.add(field);
        return json.hasNonNull(field) ? json.get(field).asText() : null;
    }

    private @Nullable Integer number(String field) {
        read.add(field);
        return json.hasNonNull(field) ? json.get(field).asInt() : null;
    }

    private Duration required(String field) {
        Duration duration = duration(field);
        if (duration == null) {
            throw new IllegalArgumentException(field + " is missing: give a time such as PT30S");
        }
        return duration;
    }

    private @Nullable Duration duration(String field) {
        read.add(field);
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        try {
            return value.isNumber() ? Duration.ofSeconds(value.asLong()) : Duration.parse(value.asText());
        } catch (DateTimeParseException broken) {
            throw new IllegalArgumentException(
                    field + " '" + value.asText() + "' is no time: give seconds, or a time such as PT30S", broken);
        }
    }

    static FaultScope scope(JsonNode scope) {
        scope.fieldNames().forEachRemaining(field -> {
            if (!SCOPE.contains(field)) {
                throw new IllegalArgumentException("scope." + field + " is unknown: use "
                        + SCOPE.stream().sorted().toList());
            }
        });
        Set<AzureCall> calls = new HashSet<>();
        scope.path("calls").forEach(call -> calls.add(call(call.asText())));
        return new FaultScope(
                calls,
                scope.path("location").asText(null),
                scope.path("size").asText(null),
                scope.path("zone").asText(null),
                priority(scope.path("priority")),
                name(scope.path("name")));
    }

    private static AzureCall call(String name) {
        return Arrays.stream(AzureCall.values())
                .filter(call -> call.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "scope.calls: '" + name + "' is unknown: use " + Arrays.toString(AzureCall.values())));
    }

    private static @Nullable Priority priority(JsonNode priority) {
        if (priority.isMissingNode() || priority.isNull()) {
            return null;
        }
        return Arrays.stream(Priority.values())
                .filter(known -> known.wireName().equalsIgnoreCase(priority.asText()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "scope.priority: '" + priority.asText() + "' is unknown: use Regular or Spot"));
    }

    private static @Nullable Pattern name(JsonNode name) {
        if (name.isMissingNode() || name.isNull()) {
            return null;
        }
        try {
            return Pattern.compile(name.asText(), Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException broken) {
            throw new IllegalArgumentException("scope.name is no regular expression: " + broken.getMessage(), broken);
        }
    }

    static ObjectNode show(FaultBoard.Posted posted) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("id", posted.id());
        shown.put("effect", posted.fault().effect().toString());
        shown.put("scope", posted.fault().scope().toString());
        shown.put("happened", posted.happened());
        Integer left = posted.left();
        if (left != null) {
            shown.put("left", left);
        }
        Instant until = posted.until();
        if (until != null) {
            shown.put("until", until.toString());
        }
        return shown;
    }
}
