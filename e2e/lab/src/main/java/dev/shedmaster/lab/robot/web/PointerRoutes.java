package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import java.util.ArrayList;
import java.util.List;

/** {@code /rdns}: the names of addresses in DNS. */
final class PointerRoutes {
    private final Account account;

    PointerRoutes(Account account) {
        this.account = account;
    }

    LabAnswer list() {
        List<String> named = new ArrayList<>(account.pointers().keySet());
        return RobotJson.list("rdns", named, this::json, RobotRefusal.notFound("no reverse dns entries found"));
    }

    LabAnswer read(RobotRequest request) {
        String ip = ip(request);
        if (!account.pointers().containsKey(ip)) {
            throw RobotRefusal.of(404, "RDNS_NOT_FOUND", "reverse dns entry not found");
        }
        return RobotJson.one("rdns", json(ip));
    }

    LabAnswer create(RobotRequest request) {
        String ip = ip(request);
        String name = request.required("ptr");
        if (account.pointers().putIfAbsent(ip, name) != null) {
            throw RobotRefusal.of(409, "RDNS_ALREADY_EXISTS", "the reverse dns entry already exists");
        }
        return RobotJson.created("rdns", json(ip));
    }

    LabAnswer write(RobotRequest request) {
        String ip = ip(request);
        boolean isNew = account.pointers().put(ip, request.required("ptr")) == null;
        return isNew ? RobotJson.created("rdns", json(ip)) : RobotJson.one("rdns", json(ip));
    }

    LabAnswer delete(RobotRequest request) {
        account.pointers().remove(ip(request));
        return LabAnswer.empty(200);
    }

    private ObjectNode json(String ip) {
        return RobotJson.object().put("ip", ip).put("ptr", account.pointers().get(ip));
    }

    private String ip(RobotRequest request) {
        return account.shown().stream()
                .filter(server -> owns(server, request.target()))
                .findFirst()
                .map(_ -> request.target())
                .orElseThrow(() -> RobotRefusal.of(404, "IP_NOT_FOUND", "ip not found"));
    }

    private boolean owns(DedicatedServer server, String ip) {
        return ip.equals(account.address(server)) || ip.startsWith(server.spec().net6());
    }
}
