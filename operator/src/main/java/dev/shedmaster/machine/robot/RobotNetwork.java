package dev.shedmaster.machine.robot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.FormBody;
import org.jspecify.annotations.Nullable;

/**
 * What Robot tells of an account's network: addresses, their names, failover, traffic and firewalls. For reports and for people
 * who look for a fault: nothing here changes anything, and no host's life depends on it. All calls may be repeated and share the
 * account's budget.
 */
public final class RobotNetwork {
    private final RobotClient client;

    RobotNetwork(RobotClient client) {
        this.client = client;
    }

    /**
     * A single IPv4 address.
     *
     * @param server the number of the server that it belongs to
     * @param isLocked whether Hetzner has cut it off
     * @param separateMac the MAC address of a virtual machine that may use it; null if only the server itself may
     */
    public record Address(
            String ip,
            int server,
            boolean isLocked,
            @Nullable String separateMac) {}

    /**
     * An address that can be moved between servers.
     *
     * @param server the number of the server that it was rented for
     * @param routedTo the address of the server that it leads to; null if it leads nowhere
     */
    public record Failover(String ip, int server, @Nullable String routedTo) {}

    /** Traffic in GB of 10⁹ bytes. */
    public record Traffic(BigDecimal in, BigDecimal out, BigDecimal sum) {}

    /**
     * The packet filter before a server. It knows no connections: answers need a rule as well.
     *
     * @param isActive whether it filters
     * @param isInProcess whether a change of it is under way
     * @param input rules for what comes in, the first that fits decides; each by the names and values of what it sets
     * @param output rules for what goes out
     */
    public record Firewall(
            boolean isActive, boolean isInProcess, List<Map<String, String>> input, List<Map<String, String>> output) {}

    /** {@code GET /ip}. */
    public Outcome<List<Address>> addresses() {
        return client.list(
                RobotCall.of(RequestKind.LIST_ADDRESSES, "list the IP addresses", "ip"),
                "ip",
                "ip",
                ip -> new Address(
                        RobotJson.text(ip, "ip"),
                        ip.path("server_number").asInt(),
                        RobotJson.isTrue(ip, "locked"),
                        orNull(RobotJson.text(ip, "separate_mac"))));
    }

    /** {@code GET /failover}. */
    public Outcome<List<Failover>> failovers() {
        return client.list(
                RobotCall.of(RequestKind.LIST_FAILOVERS, "list the failover addresses", "failover"),
                "failover",
                "ip",
                failover -> new Failover(
                        RobotJson.text(failover, "ip"),
                        failover.path("server_number").asInt(),
                        orNull(RobotJson.text(failover, "active_server_ip"))));
    }

    /**
     * {@code GET /rdns/{ip}}: the name that an address leads back to; empty if it has none. {@code NotFound} if the account does
     * not have that address, {@code Invalid} if it is none.
     */
    public Outcome<Optional<String>> pointer(String ip) {
        if (!ip.matches("[0-9a-fA-F.:]+")) {
            return Outcome.failed(new PortError.Invalid("ip", "ip: '" + ip + "' is no IP address"));
        }
        return client.objectIfAny(
                        RobotCall.of(RequestKind.READ_POINTER, "tell the name of " + ip, "rdns/" + ip)
                                .orNone("RDNS_NOT_FOUND"),
                        "rdns",
                        rdns -> RobotJson.text(rdns, "ptr"))
                .map(name -> name.filter(text -> !text.isEmpty()));
    }

    /**
     * {@code POST /traffic}, which changes nothing: what went over addresses in the days from the first to the last, as far as
     * these are over. Addresses without traffic are not in the answer.
     */
    public Outcome<Map<String, Traffic>> traffic(Collection<String> addresses, LocalDate first, LocalDate last) {
        FormBody.Builder fields = new FormBody.Builder()
                .add("type", "month")
                .add("from", first.toString())
                .add("to", last.toString());
        addresses.forEach(address -> fields.add("ip[]", address));
        return client.object(
                RobotCall.of(RequestKind.READ_TRAFFIC, "tell the traffic", "traffic")
                        .with(fields),
                "traffic",
                traffic -> {
                    Map<String, Traffic> byAddress = new LinkedHashMap<>();
                    JsonNode data = traffic.path("data");
                    data.fieldNames().forEachRemaining(ip -> byAddress.put(ip, traffic(data.path(ip))));
                    return byAddress;
                });
    }

    /** {@code GET /firewall/{number}}; {@code Invalid} if there can be none before that server. */
    public Outcome<Firewall> firewall(int number) {
        return client.object(
                RobotCall.of(RequestKind.READ_FIREWALL, "tell the firewall of server " + number, "firewall/" + number),
                "firewall",
                firewall -> {
                    String status = RobotJson.text(firewall, "status").toLowerCase(Locale.ROOT);
                    JsonNode rules = firewall.path("rules");
                    return new Firewall(
                            status.equals("active"),
                            status.startsWith("in pro"),
                            rules(rules.path("input")),
                            rules(rules.path("output")));
                });
    }

    private static Traffic traffic(JsonNode data) {
        return new Traffic(amount(data, "in"), amount(data, "out"), amount(data, "sum"));
    }

    private static BigDecimal amount(JsonNode data, String field) {
        try {
            return new BigDecimal(RobotJson.text(data, field));
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    /** What a rule does not set fits anything; it is null or absent. */
    private static List<Map<String, String>> rules(JsonNode list) {
        return RobotJson.items(list).stream().map(RobotNetwork::rule).toList();
    }

    private static Map<String, String> rule(JsonNode rule) {
        Map<String, String> set = new LinkedHashMap<>();
        rule.fieldNames().forEachRemaining(field -> {
            String value = RobotJson.text(rule, field);
            if (!value.isEmpty()) {
                set.put(field, value);
            }
        });
        return set;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
