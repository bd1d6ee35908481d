package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * {@code /ip}, {@code /subnet} and {@code /failover}: each server has one IPv4, or none, and one IPv6 network; no
 * address fails over.
 */
final class AddressRoutes {
    private final Account account;

    AddressRoutes(Account account) {
        this.account = account;
    }

    LabAnswer listIps(RobotRequest request) {
        List<DedicatedServer> reached =
                asked(request).filter(server -> account.address(server) != null).toList();
        return RobotJson.list("ip", reached, this::ip, RobotRefusal.notFound("no ip addresses found"));
    }

    LabAnswer readIp(RobotRequest request) {
        DedicatedServer server = account.shown().stream()
                .filter(each -> request.target().equals(account.address(each)))
                .findFirst()
                .orElseThrow(() -> RobotRefusal.of(404, "IP_NOT_FOUND", "ip not found"));
        String address = request.target();
        int lastDot = address.lastIndexOf('.') + 1;
        String net = address.substring(0, lastDot);
        return RobotJson.one(
                "ip", ip(server).put("gateway", net + "254").put("mask", 24).put("broadcast", net + "255"));
    }

    private ObjectNode ip(DedicatedServer server) {
        String address = account.address(server);
        ObjectNode json = RobotJson.object()
                .put("ip", address)
                .put("server_ip", address)
                .put("server_number", server.number())
                .put("locked", false)
                .putNull("separate_mac");
        return withWarnings(json);
    }

    LabAnswer listSubnets(RobotRequest request) {
        return RobotJson.list(
                "subnet", asked(request).toList(), this::subnet, RobotRefusal.notFound("no subnets found"));
    }

    LabAnswer readSubnet(RobotRequest request) {
        return account.shown().stream()
                .filter(server -> server.spec().net6().equals(request.target()))
                .findFirst()
                .map(server -> RobotJson.one("subnet", subnet(server)))
                .orElseThrow(() -> RobotRefusal.of(404, "SUBNET_NOT_FOUND", "subnet not found"));
    }

    private ObjectNode subnet(DedicatedServer server) {
        ObjectNode json = RobotJson.object()
                .put("ip", server.spec().net6())
                .put("mask", 64)
                .put("gateway", "fe80::1")
                .put("server_ip", account.address(server))
                .put("server_number", server.number())
                .put("failover", false)
                .put("locked", false);
        return withWarnings(json);
    }

    private static ObjectNode withWarnings(ObjectNode json) {
        return json.put("traffic_warnings", false)
                .put("traffic_hourly", 50)
                .put("traffic_daily", 50)
                .put("traffic_monthly", 8);
    }

    private Stream<DedicatedServer> asked(RobotRequest request) {
        String address = request.raw().parameter("server_ip").orElse(null);
        return account.shown().stream()
                .filter(server -> address == null || Objects.equals(address, account.address(server)));
    }

    LabAnswer noFailover() {
        throw RobotRefusal.notFound("no failover ip found");
    }
}
