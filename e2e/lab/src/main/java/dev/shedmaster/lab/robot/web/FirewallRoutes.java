package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.DedicatedServer;

/** {@code /firewall}: every server has one that is off. */
final class FirewallRoutes {
    private final Account account;
    private final ServerRoutes servers;

    FirewallRoutes(Account account, ServerRoutes servers) {
        this.account = account;
        this.servers = servers;
    }

    LabAnswer read(RobotRequest request) {
        DedicatedServer server = servers.find(request);
        ObjectNode json = RobotJson.object()
                .put("server_ip", account.address(server))
                .put("server_number", server.number())
                .put("status", "disabled")
                .put("filter_ipv6", false)
                .put("whitelist_hos", true)
                .put("port", "main");
        ObjectNode rules = json.putObject("rules");
        rules.putArray("input");
        rules.putArray("output");
        return RobotJson.one("firewall", json);
    }
}
