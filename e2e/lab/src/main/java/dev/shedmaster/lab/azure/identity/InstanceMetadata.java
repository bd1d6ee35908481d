package dev.shedmaster.lab.azure.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.VirtualMachine;
import dev.shedmaster.lab.azure.estate.VmRemoval;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.LineFaults;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.http.LabHandler;
import dev.shedmaster.lab.http.LabRequest;
import dev.shedmaster.lab.time.LabClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Instance metadata, which on a machine answers at 169.254.169.254. At its root it is that of the machine on which the asker's own program runs (it
 * gives managed identity tokens); under {@code /machines/{vmId}} it is that of a machine of the lab.
 */
public final class InstanceMetadata implements LabHandler {
    private static final CallFacts CALL = CallFacts.of(AzureCall.METADATA_TOKEN);
    private static final String MACHINES = "/machines/";

    private final LabClock clock;
    private final Account account;
    private final TokenIssuer issuer;
    private final FaultBoard faults;
    private final LineFaults line;
    private final Estate estate;
    private final VmRemoval removal;

    public InstanceMetadata(
            LabClock clock, Account account, TokenIssuer issuer, FaultBoard faults, Estate estate, VmRemoval removal) {
        this.clock = clock;
        this.account = account;
        this.issuer = issuer;
        this.faults = faults;
        this.line = new LineFaults(faults, clock);
        this.estate = estate;
        this.removal = removal;
    }

    @Override
    public LabAnswer handle(LabRequest request) {
        if (!request.header("Metadata").orElse("").equalsIgnoreCase("true")
                || request.header("X-Forwarded-For").isPresent()) {
            return refusal(400, "invalid_request", "Required metadata header not specified or not correct");
        }
        if (request.path().equals("/metadata/identity/oauth2/token")) {
            return token(request);
        }
        if (!request.path().startsWith(MACHINES)) {
            return refusal(404, "not_found", "Nothing is here: " + request.path());
        }
        String rest = request.path().substring(MACHINES.length());
        int slash = rest.indexOf('/');
        String vmId = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash).toLowerCase(Locale.ROOT);
        return estate.locked(() -> machine(vmId))
                .map(machine -> ofMachine(machine, path, request))
                .orElseGet(() -> refusal(404, "not_found", "There is no machine " + vmId));
    }

    private Optional<VirtualMachine> machine(String vmId) {
        return estate.machines().stream()
                .filter(machine -> machine.vmId().equals(vmId))
                .findFirst();
    }

    private static LabAnswer refusal(int status, String error, String description) {
        return LabAnswer.json(
                status,
                JsonNodeFactory.instance.objectNode().put("error", error).put("error_description", description));
    }

    private LabAnswer token(LabRequest request) {
        LabAnswer broken = line.strike(CALL).orElse(null);
        if (broken != null) {
            return broken;
        }
        FaultEffect.RefuseToken refused =
                faults.strike(FaultEffect.RefuseToken.class, CALL).orElse(null);
        if (refused != null) {
            return refusal(refused.status(), refused.error(), refused.description());
        }
        String resource = request.parameter("resource").orElse("");
        if (request.parameter("api-version").isEmpty() || resource.isEmpty()) {
            return refusal(400, "invalid_request", "Required query variables 'api-version' and 'resource' are missing");
        }
        String clientId = request.parameter("client_id").orElse(account.clientId());
        if (!clientId.equalsIgnoreCase(account.clientId())) {
            return refusal(400, "invalid_request", "Identity not found");
        }
        TokenIssuer.Issued issued = issuer.issue(clientId, resource);
        String seconds = Long.toString(clock.clientSeconds(issued.lifetime()));
        Instant realNow = Instant.now();
        return LabAnswer.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("access_token", issued.token())
                        .put("client_id", clientId)
                        .put("expires_in", seconds)
                        .put("expires_on", Long.toString(realNow.getEpochSecond() + Long.parseLong(seconds)))
                        .put("ext_expires_in", seconds)
                        .put("not_before", Long.toString(realNow.getEpochSecond()))
                        .put("resource", resource)
                        .put("token_type", "Bearer"));
    }

    private LabAnswer ofMachine(VirtualMachine machine, String path, LabRequest request) {
        return switch (path) {
            case "/metadata/instance/compute/userdata" ->
                LabAnswer.text(
                        200,
                        "text/plain",
                        Optional.ofNullable(machine.userData()).orElse(""));
            case "/metadata/instance/compute" -> LabAnswer.json(200, compute(machine));
            case "/metadata/scheduledevents" ->
                request.method().equals("POST") ? approve(machine, request) : scheduledEvents(machine);
            default -> refusal(404, "not_found", "Nothing is here: " + path);
        };
    }

    private ObjectNode compute(VirtualMachine machine) {
        return estate.locked(() -> {
            ObjectNode compute = JsonNodeFactory.instance.objectNode();
            compute.put("name", machine.name())
                    .put("vmId", machine.vmId())
                    .put("resourceId", machine.id())
                    .put("location", machine.location())
                    .put("vmSize", machine.plan().size().name())
                    .put("zone", Optional.ofNullable(machine.zone()).orElse(""))
                    .put("priority", machine.plan().priority().wireName())
                    .put("subscriptionId", account.subscriptionId())
                    .put("resourceGroupName", machine.plan().resourceGroup())
                    // Custom data is never shown here, user data only at its own address.
                    .put("customData", "");
            ArrayNode tags = compute.putArray("tagsList");
            machine.tags()
                    .forEach((name, value) -> tags.addObject().put("name", name).put("value", value));
            return compute;
        });
    }

    private static String eventId(VirtualMachine machine) {
        return new UUID(machine.sequence(), 1).toString().toUpperCase(Locale.ROOT);
    }

    private LabAnswer scheduledEvents(VirtualMachine machine) {
        return estate.locked(() -> {
            Instant at = machine.evictionAt();
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("DocumentIncarnation", at == null ? 1 : 2);
            ArrayNode events = document.putArray("Events");
            if (at != null) {
                ObjectNode event = events.addObject()
                        .put("EventId", eventId(machine))
                        .put("EventStatus", "Scheduled")
                        .put("EventType", "Preempt")
                        .put("ResourceType", "VirtualMachine");
                event.putArray("Resources").add(machine.name());
                event.put("NotBefore", DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)))
                        .put("Description", "")
                        .put("EventSource", "Platform")
                        .put("DurationInSeconds", -1);
            }
            return LabAnswer.json(200, document);
        });
    }

    /** The guest agrees that the event may start now. */
    private LabAnswer approve(VirtualMachine machine, LabRequest request) {
        try {
            JsonNode body = LabAnswer.JSON.readTree(request.body());
            for (JsonNode start : body.path("StartRequests")) {
                boolean known = start.path("EventId").asText().equalsIgnoreCase(eventId(machine));
                if (known && machine.evictionAt() != null) {
                    removal.evict(machine);
                    return LabAnswer.empty(200);
                }
            }
            return refusal(400, "bad_request", "No such event");
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            return refusal(400, "bad_request", "The body is no JSON");
        }
    }
}
