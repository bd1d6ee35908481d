package dev.shedmaster.machine.robot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.port.DedicatedServers.DedicatedServer;
import org.jspecify.annotations.Nullable;

/** Reads what Robot tells of servers. */
final class ServerReading {
    private static final String READY = "ready";

    private ServerReading() {}

    /** Reads one of {@code GET /server}. Reserved places in racks are among them, which have neither a name nor an address. */
    static DedicatedServer read(JsonNode server) {
        return new DedicatedServer(
                server.path("server_number").asInt(),
                RobotJson.text(server, "server_name"),
                address(server),
                RobotJson.text(server, "product"),
                RobotJson.text(server, "dc"),
                // One that is not ready is "in process" or "in progress".
                RobotJson.text(server, "status").equalsIgnoreCase(READY),
                RobotJson.isTrue(server, "cancelled"));
    }

    /** Servers have an IPv4 address only where it was ordered; of an IPv6 network the first address is theirs. */
    private static @Nullable String address(JsonNode server) {
        String four = RobotJson.text(server, "server_ip");
        if (!four.isEmpty()) {
            return four;
        }
        String six = RobotJson.text(server, "server_ipv6_net").replaceFirst("/\\d+$", "");
        if (six.isEmpty()) {
            return null;
        }
        return six.endsWith(":") ? six + "1" : six;
    }
}
