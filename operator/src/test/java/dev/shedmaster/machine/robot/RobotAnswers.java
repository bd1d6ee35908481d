package dev.shedmaster.machine.robot;

import dev.shedmaster.http.ApiAnswer;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;

/** Answers in the forms that the documentation of Robot's webservice shows. */
final class RobotAnswers {
    static final String SERVER = server("\"server_ip\":\"192.0.2.21\"");

    /** Two servers: one with an IPv4 address, one with an IPv6 network alone. */
    static final String SERVERS =
            "[" + SERVER + ",{\"server\":{\"server_ip\":null,\"server_ipv6_net\":\"2001:db8:7::\","
                    + "\"server_number\":322,\"server_name\":\"\",\"product\":\"AX41-NVMe\",\"dc\":\"FSN1-DC16\","
                    + "\"status\":\"in process\",\"cancelled\":true,\"ip\":null,\"subnet\":null}}]";

    static final String RESCUE_ARMED = "{\"rescue\":{\"server_ip\":\"192.0.2.21\",\"server_number\":321,"
            + "\"os\":\"linux\",\"arch\":64,\"active\":true,\"password\":\"jEt0dvgm7a\","
            + "\"authorized_key\":[],\"host_key\":[],\"boot_time\":null}}";

    static final String RESCUE_INACTIVE = "{\"rescue\":{\"server_ip\":\"192.0.2.21\",\"server_number\":321,"
            + "\"os\":[\"linux\",\"vkvm\"],\"arch\":[64],\"active\":false,\"password\":null,"
            + "\"authorized_key\":[],\"host_key\":[]}}";

    private RobotAnswers() {}

    /** The server 321 with its IPv4 address, however that is written. */
    static String server(String address) {
        return "{\"server\":{" + address + ",\"server_ipv6_net\":\"2001:db8:6::\",\"server_number\":321,"
                + "\"server_name\":\"host-a\",\"product\":\"RX220\",\"dc\":\"HEL1-DC7\",\"traffic\":\"unlimited\","
                + "\"status\":\"ready\",\"cancelled\":false,\"paid_until\":\"2026-12-24\","
                + "\"ip\":[\"192.0.2.21\"],\"subnet\":[{\"ip\":\"2001:db8:6::\",\"mask\":\"64\"}]}}";
    }

    static String error(int status, String code) {
        return "{\"error\":{\"status\":" + status + ",\"code\":\"" + code + "\",\"message\":\"a sentence\"}}";
    }

    static String invalidInput(String missing, String invalid) {
        return "{\"error\":{\"status\":400,\"code\":\"INVALID_INPUT\",\"message\":\"invalid input\",\"missing\":"
                + missing + ",\"invalid\":" + invalid + "}}";
    }

    static String tooMany(String maximum, int interval) {
        return "{\"error\":{\"status\":403,\"code\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"rate limit exceeded\",\""
                + maximum + "\":200,\"interval\":" + interval + "}}";
    }

    static ApiAnswer answer(int status, String body, String... headers) {
        return new ApiAnswer(status, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }
}
