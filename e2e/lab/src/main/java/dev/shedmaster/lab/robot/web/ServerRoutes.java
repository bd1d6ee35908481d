package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.fault.FaultKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code /server}: what is rented. */
final class ServerRoutes {
    private static final Duration PAID_AHEAD = Duration.ofDays(30);

    private final Account account;

    ServerRoutes(Account account) {
        this.account = account;
    }

    LabAnswer list() {
        return RobotJson.list("server", account.shown(), this::summary, RobotRefusal.serverNotFound());
    }

    LabAnswer read(RobotRequest request) {
        return RobotJson.one("server", detail(find(request)));
    }

    LabAnswer rename(RobotRequest request) {
        DedicatedServer server = find(request);
        server.rename(request.required("server_name"));
        return RobotJson.one("server", detail(server));
    }

    /** The server that a path names. */
    DedicatedServer find(RobotRequest request) {
        return account.shown(request.target()).orElseThrow(RobotRefusal::serverNotFound);
    }

    /** What most of Robot's objects begin with. */
    ObjectNode heading(DedicatedServer server) {
        return RobotJson.object()
                .put("server_ip", account.address(server))
                .put("server_ipv6_net", server.spec().net6())
                .put("server_number", server.number());
    }

    private ObjectNode summary(DedicatedServer server) {
        ObjectNode json = heading(server)
                .put("server_name", server.name())
                .put("product", server.spec().product())
                .put("dc", server.spec().dataCenter())
                .put("traffic", "unlimited")
                .put("status", server.isReady() ? "ready" : "in process")
                .put("cancelled", server.isCancelled())
                .put("paid_until", RobotJson.date(account.clock().instant().plus(PAID_AHEAD)));
        addAddresses(json);
        return json;
    }

    private static void addAddresses(ObjectNode json) {
        @Nullable String address = json.path("server_ip").textValue();
        if (address == null) {
            json.putNull("ip");
        } else {
            json.putArray("ip").add(address);
        }
        json.putArray("subnet")
                .addObject()
                .put("ip", json.path("server_ipv6_net").asText())
                .put("mask", "64");
    }

    private ObjectNode detail(DedicatedServer server) {
        boolean isRescueTold = !account.faults().strikes(FaultKind.RESCUE_FLAG_FALSE, server.number());
        return summary(server)
                .put("reset", !server.spec().resets().isEmpty())
                .put("rescue", isRescueTold)
                .put("vnc", false)
                .put("windows", false)
                .put("plesk", false)
                .put("cpanel", false)
                .put("wol", server.spec().isWakable())
                .put("hot_swap", false)
                .putNull("linked_storagebox");
    }
}
