package dev.shedmaster.lab.robot.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.shedmaster.lab.http.Fields;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.http.LabHandler;
import dev.shedmaster.lab.http.LabRequest;
import dev.shedmaster.lab.robot.access.Logins;
import dev.shedmaster.lab.robot.call.CallLog;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.system.WorkerHost;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The lab's own endpoints, under {@code /lab}. Nobody needs to log in here.
 *
 * <pre>
 * GET    /lab/state                       all servers, what was asked, what should not have been
 * GET    /lab/servers/321                 one server: its phase, and where its SSH server listens
 * POST   /lab/servers/321/cut-power       at once
 * POST   /lab/servers/321/turn-on
 * POST   /lab/servers/321/hang            its kernel, until the power or the reset button ends that
 * PUT    /lab/servers/321/disk            {"hostname": "host-1", "authorizedKeys": ["ssh-ed25519 …"]}; with "owner" and
 *                                         "generation" it bears that mark
 * DELETE /lab/servers/321/disk            all of them blank
 * PUT    /lab/servers/321/workers/sm-…    {"memoryMib": 4096}: what it uses from now on
 * DELETE /lab/servers/321/workers/sm-…    its processes are killed
 * GET, POST /lab/faults                   see FaultJson
 * DELETE /lab/faults, /lab/faults/fault-1
 * </pre>
 */
public final class RobotAdmin implements LabHandler {
    private final Account account;
    private final StateReport report;

    public RobotAdmin(Account account, Logins logins, CallLog calls) {
        this.account = account;
        this.report = new StateReport(account, logins, calls);
    }

    @Override
    public LabAnswer handle(LabRequest request) {
        String[] segments = request.path().split("/");
        String what = segments.length > 2 ? segments[2] : "";
        String which = segments.length > 3 ? segments[3] : "";
        String part = segments.length > 4 ? segments[4] : "";
        String worker = segments.length > 5 ? segments[5] : "";
        try {
            return switch (request.method() + " " + what) {
                case "GET state" -> LabAnswer.json(200, report.json());
                case "GET servers", "POST servers", "PUT servers", "DELETE servers" ->
                    server(request, which, part, worker);
                case "GET faults" -> listFaults();
                case "POST faults" -> postFault(body(request));
                case "DELETE faults" -> clearFault(which);
                default -> nothing(request);
            };
        } catch (IllegalArgumentException wrong) {
            return error(400, String.valueOf(wrong.getMessage()));
        }
    }

    private LabAnswer server(LabRequest request, String number, String part, String worker) {
        DedicatedServer server = account.locked(() -> account.named(number).orElse(null));
        if (server == null) {
            return error(404, "There is no server " + number);
        }
        return switch (request.method() + " " + part) {
            case "GET " -> LabAnswer.json(200, account.locked(() -> report.server(server)));
            case "POST cut-power" -> done(server, each -> each.power().cut());
            case "POST turn-on" -> done(server, each -> each.power().turnOn());
            case "POST hang" -> done(server, each -> each.power().hang());
            case "PUT workers" -> {
                long bytes = memory(body(request));
                yield changed(server, worker, host -> host.useMemory(worker, bytes));
            }
            case "DELETE workers" -> changed(server, worker, host -> host.kill(worker));
            case "PUT disk" -> {
                InstalledOs os = system(body(request));
                yield done(server, each -> each.install(os));
            }
            case "DELETE disk" -> done(server, DedicatedServer::wipe);
            default -> nothing(request);
        };
    }

    private LabAnswer done(DedicatedServer server, Consumer<DedicatedServer> change) {
        account.locked(() -> change.accept(server));
        return LabAnswer.empty(204);
    }

    private static LabAnswer changed(DedicatedServer server, String worker, Predicate<WorkerHost> change) {
        return server.power().workerHost().filter(change).isPresent()
                ? LabAnswer.empty(204)
                : error(404, "No worker " + worker + " runs on server " + server.number());
    }

    private static long memory(JsonNode json) {
        int mebibytes = new Fields(json, List.of("memoryMib")).number("memoryMib", 0);
        if (mebibytes < 1) {
            throw new IllegalArgumentException("memoryMib: expected a number above 0");
        }
        return (long) mebibytes << 20;
    }

    private static InstalledOs system(JsonNode json) {
        Fields fields = new Fields(json, List.of("hostname", "authorizedKeys", "owner", "generation"));
        List<PublicKeyText> keys = fields.texts("authorizedKeys").stream()
                .map(line -> PublicKeyText.parse(line)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "authorizedKeys: expected lines as in OpenSSH's authorized_keys, got " + line)))
                .toList();
        return InstalledOs.fresh(fields.text("hostname", null), keys)
                .marked(fields.text("owner", ""), fields.text("generation", ""));
    }

    private LabAnswer listFaults() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        account.faults().list().forEach(fault -> list.add(FaultJson.show(fault)));
        return LabAnswer.json(200, list);
    }

    private LabAnswer postFault(JsonNode json) {
        String id = account.faults().post(FaultJson.read(json));
        return LabAnswer.json(201, JsonNodeFactory.instance.objectNode().put("id", id));
    }

    private LabAnswer clearFault(String id) {
        if (id.isEmpty()) {
            account.faults().clear();
            return LabAnswer.empty(204);
        }
        return account.faults().clear(id) ? LabAnswer.empty(204) : error(404, "There is no fault " + id);
    }

    private static JsonNode body(LabRequest request) {
        try {
            return LabAnswer.JSON.readTree(request.body());
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("The body is no JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    private static LabAnswer nothing(LabRequest request) {
        return error(404, "Nothing is here: " + request.method() + " " + request.path());
    }

    private static LabAnswer error(int status, String message) {
        return LabAnswer.json(status, JsonNodeFactory.instance.objectNode().put("error", message));
    }
}
