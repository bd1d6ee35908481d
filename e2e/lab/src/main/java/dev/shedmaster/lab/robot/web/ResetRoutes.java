package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.ResetType;
import dev.shedmaster.lab.robot.fault.FaultKind;
import java.util.ArrayList;
import java.util.List;

/** {@code /reset} and {@code /wol}: the buttons of a server. */
final class ResetRoutes {
    private final Account account;
    private final ServerRoutes servers;

    ResetRoutes(Account account, ServerRoutes servers) {
        this.account = account;
        this.servers = servers;
    }

    LabAnswer list() {
        List<DedicatedServer> all =
                account.shown().stream().filter(this::isResettable).toList();
        return RobotJson.list("reset", all, this::options, RobotRefusal.notFound("not found"));
    }

    LabAnswer read(RobotRequest request) {
        DedicatedServer server = resettable(request);
        return RobotJson.one("reset", options(server).put("operating_status", status(server)));
    }

    private ObjectNode options(DedicatedServer server) {
        return servers.heading(server).set("type", RobotJson.texts(types(server)));
    }

    private static String status(DedicatedServer server) {
        if (!server.spec().isPowerRead()) {
            return "not supported";
        }
        return server.power().isOn() ? "running" : "shut off";
    }

    LabAnswer reset(RobotRequest request) {
        DedicatedServer server = resettable(request);
        String wanted = request.required("type");
        ResetType type = ResetType.of(wanted)
                .filter(known -> types(server).contains(wanted))
                .orElseThrow(() -> RobotRefusal.invalid("type"));
        if (server.power().isTechnicianCalled()) {
            throw RobotRefusal.of(409, "RESET_MANUAL_ACTIVE", "a manual reset is already active");
        }
        type.reset(server);
        return RobotJson.one("reset", servers.heading(server).put("type", wanted));
    }

    private DedicatedServer resettable(RobotRequest request) {
        DedicatedServer server = servers.find(request);
        if (!isResettable(server)) {
            throw RobotRefusal.of(404, "RESET_NOT_AVAILABLE", "reset not available");
        }
        return server;
    }

    private boolean isResettable(DedicatedServer server) {
        return !server.spec().resets().isEmpty() && !strikes(FaultKind.RESET_NOT_AVAILABLE, server);
    }

    private List<String> types(DedicatedServer server) {
        List<String> types = new ArrayList<>(server.spec().resets());
        if (types.contains(ResetType.SOFTWARE.word()) && strikes(FaultKind.NO_SOFTWARE_RESET, server)) {
            types.remove(ResetType.SOFTWARE.word());
        }
        return types;
    }

    private boolean strikes(FaultKind kind, DedicatedServer server) {
        return account.faults().strikes(kind, server.number());
    }

    LabAnswer readWol(RobotRequest request) {
        return RobotJson.one("wol", servers.heading(wakable(request)));
    }

    LabAnswer wake(RobotRequest request) {
        DedicatedServer server = wakable(request);
        server.power().turnOn();
        return RobotJson.one("wol", servers.heading(server));
    }

    private DedicatedServer wakable(RobotRequest request) {
        DedicatedServer server = servers.find(request);
        if (!server.spec().isWakable()) {
            throw RobotRefusal.of(404, "WOL_NOT_AVAILABLE", "wol not available");
        }
        return server;
    }
}
