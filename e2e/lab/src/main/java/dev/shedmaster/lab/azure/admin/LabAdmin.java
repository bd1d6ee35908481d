package dev.shedmaster.lab.azure.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.shedmaster.lab.azure.estate.CapacityRule;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.Quotas;
import dev.shedmaster.lab.azure.estate.VirtualMachine;
import dev.shedmaster.lab.azure.estate.VmRemoval;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.lab.azure.identity.TokenIssuer;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.http.LabHandler;
import dev.shedmaster.lab.http.LabRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoints under {@code /lab}: they belong to the lab and not to Azure, and ask for no token. */
public final class LabAdmin implements LabHandler {
    private final Estate estate;
    private final FaultBoard faults;
    private final VmRemoval removal;
    private final TokenIssuer tokens;
    private final StateReport report;

    public LabAdmin(Estate estate, FaultBoard faults, VmRemoval removal, TokenIssuer tokens, StateReport report) {
        this.estate = estate;
        this.faults = faults;
        this.removal = removal;
        this.tokens = tokens;
        this.report = report;
    }

    @Override
    public LabAnswer handle(LabRequest request) {
        String[] segments = request.path().split("/");
        String what = segments.length > 2 ? segments[2] : "";
        String which = segments.length > 3 ? segments[3] : "";
        String part = segments.length > 4 ? segments[4] : "";
        try {
            return switch (request.method() + " " + what) {
                case "GET state" -> LabAnswer.json(200, report.json(request.flag("brief")));
                case "GET creations" -> LabAnswer.json(200, report.creations());
                case "POST faults" -> post(body(request));
                case "GET faults" -> list();
                case "DELETE faults" -> clear(which);
                case "PUT quota" -> quota(body(request));
                case "PUT capacity" -> capacity(body(request));
                case "POST tokens" -> revoke();
                case "POST machines" -> evict(which, part, request.flag("notice"));
                case "GET machines" -> bootLog(named(which));
                case "GET serial" -> bootLog(withId(which));
                default -> error(404, "Nothing is here: " + request.method() + " " + request.path());
            };
        } catch (IllegalArgumentException wrong) {
            return error(400, String.valueOf(wrong.getMessage()));
        }
    }

    private static LabAnswer error(int status, String message) {
        return LabAnswer.json(status, JsonNodeFactory.instance.objectNode().put("error", message));
    }

    private static JsonNode body(LabRequest request) {
        try {
            return LabAnswer.JSON.readTree(request.body());
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("The body is no JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    private LabAnswer post(JsonNode fault) {
        String id = faults.post(FaultJson.read(fault));
        return LabAnswer.json(201, JsonNodeFactory.instance.objectNode().put("id", id));
    }

    private LabAnswer list() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        faults.list().forEach(posted -> list.add(FaultJson.show(posted)));
        return LabAnswer.json(200, list);
    }

    private LabAnswer clear(String id) {
        if (id.isEmpty()) {
            faults.clear();
            return LabAnswer.empty(204);
        }
        return faults.clear(id) ? LabAnswer.empty(204) : error(404, "There is no fault " + id);
    }

    /** Fields that are left out keep their values. */
    private LabAnswer quota(JsonNode change) {
        estate.locked(() -> {
            Quotas now = estate.quota().quotas();
            Map<String, Integer> families = new HashMap<>(now.familyCores());
            change.path("familyCores")
                    .properties()
                    .forEach(entry ->
                            families.put(entry.getKey(), entry.getValue().asInt()));
            estate.quota()
                    .change(new Quotas(
                            change.path("regionalCores").asInt(now.regionalCores()),
                            change.path("spotCores").asInt(now.spotCores()),
                            families,
                            change.path("otherFamilyCores").asInt(now.otherFamilyCores()),
                            change.path("machines").asInt(now.machines())));
        });
        return LabAnswer.empty(204);
    }

    private LabAnswer capacity(JsonNode rules) {
        List<CapacityRule> read = new ArrayList<>();
        for (JsonNode rule : rules) {
            if (!rule.path("machines").isInt()) {
                throw new IllegalArgumentException("machines is missing: say how many machines can be allocated");
            }
            read.add(new CapacityRule(
                    FaultJson.scope(rule.path("scope")), rule.get("machines").asInt(), refusal(rule.path("refusal"))));
        }
        estate.locked(() -> estate.changeCapacity(read));
        return LabAnswer.empty(204);
    }

    private static @Nullable KnownError refusal(JsonNode name) {
        if (name.isMissingNode() || name.isNull()) {
            return null;
        }
        return KnownError.named(name.asText())
                .orElseThrow(() -> new IllegalArgumentException(
                        "refusal '" + name.asText() + "' is unknown: use one of " + KnownError.names()));
    }

    private LabAnswer revoke() {
        tokens.revokeAll();
        return LabAnswer.empty(204);
    }

    private LabAnswer evict(String name, String action, boolean notice) {
        VirtualMachine machine = named(name).orElse(null);
        if (machine == null || !action.equals("evict")) {
            return error(
                    404,
                    "There is no machine " + name + ", or nothing that can be done to it is called '" + action + "'");
        }
        if (notice) {
            removal.announceEviction(machine);
        } else {
            removal.evict(machine);
        }
        return LabAnswer.empty(204);
    }

    private static LabAnswer bootLog(Optional<VirtualMachine> machine) {
        return machine.<LabAnswer>map(known -> LabAnswer.text(
                        200, "text/plain", String.join("\n", known.guest().bootLog()) + "\n"))
                .orElseGet(() -> error(404, "There is no such machine"));
    }

    /** The machine of this name, or the last that had it and is gone not long ago. */
    public Optional<VirtualMachine> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return estate.locked(() -> estate.known(machine -> machine.key().name().equals(wanted)));
    }

    private Optional<VirtualMachine> withId(String vmId) {
        return estate.locked(() -> estate.known(machine -> machine.vmId().equals(vmId)));
    }
}
