package dev.shedmaster.lab.robot.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.robot.access.Logins;
import dev.shedmaster.lab.robot.call.CallLog;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.Activation;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.system.WorkerHost;

/** What {@code GET /lab/state} tells: the servers as they are, and what was asked. */
final class StateReport {
    private final Account account;
    private final Logins logins;
    private final CallLog calls;

    StateReport(Account account, Logins logins, CallLog calls) {
        this.account = account;
        this.logins = logins;
        this.calls = calls;
    }

    ObjectNode json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("now", account.clock().now().toString());
        body.put("blocking", logins.isBlocking());
        account.locked(() -> {
            ArrayNode servers = body.putArray("servers");
            account.standing().forEach(server -> servers.add(server(server)));
            body.put("keys", account.keys().all().size());
        });
        ObjectNode counts = body.putObject("calls");
        calls.counts().forEach(counts::put);
        ArrayNode costly = body.putArray("costlyCalls");
        calls.costly().forEach(call -> costly.add(call.method() + " " + call.path()));
        return body;
    }

    /** One server; to be called in a step of the account. */
    ObjectNode server(DedicatedServer server) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("number", server.number())
                .put("name", server.name())
                .put("product", server.spec().product())
                .put("phase", server.power().phase().name())
                .put("bootId", server.power().bootId().orElse(null))
                .put(
                        "armed",
                        server.boot()
                                .armed()
                                .map(Activation::kind)
                                .map(Enum::name)
                                .orElse(null))
                .put("disk", server.disk().map(InstalledOs::hostname).orElse(null));
        ArrayNode workers = json.putArray("workers");
        server.power().workerHost().ifPresent(host -> host.workers().forEach(each -> workers.add(worker(each))));
        server.power()
                .door()
                .ifPresentOrElse(
                        door -> json.putObject("ssh")
                                .put("address", door.address().getHostAddress())
                                .put("port", door.port()),
                        () -> json.putNull("ssh"));
        return json;
    }

    private static ObjectNode worker(WorkerHost.Worker worker) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", worker.name())
                .put("state", worker.state())
                .put("memoryBytes", worker.memory())
                .put("memoryLimit", worker.memoryLimit())
                .put("cpuPercent", worker.cpuPercent());
    }
}
