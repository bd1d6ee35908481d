package dev.shedmaster.lab.robot.call;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The calls that the lab's Robot knows, with the limits of Robot's public documentation
 * (robot.hetzner.com/doc/webservice), where each is given for a method and a path.
 */
public enum RobotCall {
    LIST_SERVERS("GET", "/server", 200),
    READ_SERVER("GET", "/server/{server}", 200),
    RENAME_SERVER("POST", "/server/{server}", 200),
    READ_CANCELLATION("GET", "/server/{server}/cancellation", 200),
    CANCEL_SERVER("POST", "/server/{server}/cancellation", 200),
    WITHDRAW_CANCELLATION("DELETE", "/server/{server}/cancellation", 200),

    LIST_IPS("GET", "/ip", 5000),
    READ_IP("GET", "/ip/{ip}", 5000),
    LIST_SUBNETS("GET", "/subnet", 5000),
    READ_SUBNET("GET", "/subnet/{ip}", 5000),
    LIST_FAILOVERS("GET", "/failover", 100),
    READ_FAILOVER("GET", "/failover/{ip}", 100),
    READ_FIREWALL("GET", "/firewall/{server}", 500),
    READ_TRAFFIC("POST", "/traffic", 200),

    LIST_RESETS("GET", "/reset", 500),
    READ_RESET("GET", "/reset/{server}", 500),
    RESET("POST", "/reset/{server}", 50, "RESET_FAILED"),
    READ_WOL("GET", "/wol/{server}", 500),
    WAKE("POST", "/wol/{server}", 10, "WOL_FAILED"),

    READ_BOOT("GET", "/boot/{server}", 500),
    READ_RESCUE("GET", "/boot/{server}/rescue", 500),
    ARM_RESCUE("POST", "/boot/{server}/rescue", 500, "BOOT_ACTIVATION_FAILED"),
    DISARM_RESCUE("DELETE", "/boot/{server}/rescue", 500, "BOOT_DEACTIVATION_FAILED"),
    READ_LAST_RESCUE("GET", "/boot/{server}/rescue/last", 500),
    READ_LINUX("GET", "/boot/{server}/linux", 500),
    ARM_LINUX("POST", "/boot/{server}/linux", 500, "BOOT_ACTIVATION_FAILED"),
    DISARM_LINUX("DELETE", "/boot/{server}/linux", 500, "BOOT_DEACTIVATION_FAILED"),
    READ_LAST_LINUX("GET", "/boot/{server}/linux/last", 500),

    LIST_RDNS("GET", "/rdns", 500),
    READ_RDNS("GET", "/rdns/{ip}", 500),
    CREATE_RDNS("PUT", "/rdns/{ip}", 500, "RDNS_CREATE_FAILED"),
    WRITE_RDNS("POST", "/rdns/{ip}", 500, "RDNS_UPDATE_FAILED"),
    DELETE_RDNS("DELETE", "/rdns/{ip}", 500, "RDNS_DELETE_FAILED"),

    LIST_KEYS("GET", "/key", 500),
    CREATE_KEY("POST", "/key", 200, "KEY_CREATE_FAILED"),
    READ_KEY("GET", "/key/{fingerprint}", 500),
    RENAME_KEY("POST", "/key/{fingerprint}", 200, "KEY_UPDATE_FAILED"),
    DELETE_KEY("DELETE", "/key/{fingerprint}", 200, "KEY_DELETE_FAILED"),

    READ_PRODUCTS("GET", "/order/{kind}/product", 500),
    READ_PRODUCT("GET", "/order/{kind}/product/{id}", 500),
    READ_ORDERS("GET", "/order/{kind}/transaction", 500),
    READ_ORDER("GET", "/order/{kind}/transaction/{id}", 500),
    ORDER("POST", "/order/{kind}/transaction", new RequestLimit(20, Duration.ofDays(1)), null);

    private final String method;
    private final String pattern;
    private final List<String> segments;
    private final RequestLimit limit;
    private final @Nullable String failure;

    RobotCall(String method, String pattern, int perHour) {
        this(method, pattern, RequestLimit.perHour(perHour), null);
    }

    RobotCall(String method, String pattern, int perHour, String failure) {
        this(method, pattern, RequestLimit.perHour(perHour), failure);
    }

    RobotCall(String method, String pattern, RequestLimit limit, @Nullable String failure) {
        this.method = method;
        this.pattern = pattern;
        this.segments = segmentsOf(pattern);
        this.limit = limit;
        this.failure = failure;
    }

    public String method() {
        return method;
    }

    /** The documented limit. */
    public RequestLimit limit() {
        return limit;
    }

    /** What a 500 says when this could not be done. */
    public String failure() {
        return failure == null ? "INTERNAL_ERROR" : failure;
    }

    /** Which call this is, and the path's variable parts; empty where there is no such call. */
    public static Optional<Route> find(String method, String path) {
        List<String> parts = segmentsOf(path);
        return Arrays.stream(values())
                .filter(call -> call.method.equals(method) && call.matches(parts))
                .findFirst()
                .map(call -> new Route(call, call.variables(parts)));
    }

    private boolean matches(List<String> parts) {
        if (parts.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            boolean fits = isVariable(segments.get(i))
                    ? !parts.get(i).isEmpty()
                    : segments.get(i).equals(parts.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private List<String> variables(List<String> parts) {
        return IntStream.range(0, parts.size())
                .filter(i -> isVariable(segments.get(i)))
                .mapToObj(parts::get)
                .toList();
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static List<String> segmentsOf(String path) {
        return Arrays.stream(path.split("/", -1)).skip(1).toList();
    }

    /** Whether the path's first variable part names a server. */
    public boolean isOfServer() {
        return pattern.contains("{server}");
    }

    /** As the documentation writes it. */
    @Override
    public String toString() {
        return method + " " + pattern;
    }
}
