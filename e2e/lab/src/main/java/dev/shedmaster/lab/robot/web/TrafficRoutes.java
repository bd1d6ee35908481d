package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.Account.Traffic;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code /traffic}: what went through addresses. The lab knows one sum for each, whatever the time that is asked for.
 */
final class TrafficRoutes {
    private static final Map<String, Pattern> TIMES = Map.of(
            "day", Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}"),
            "month", Pattern.compile("\\d{4}-\\d{2}-\\d{2}"),
            "year", Pattern.compile("\\d{4}-\\d{2}"));

    private final Account account;

    TrafficRoutes(Account account) {
        this.account = account;
    }

    LabAnswer read(RobotRequest request) {
        request.require("type", "from", "to");
        String type = request.required("type");
        Pattern time = TIMES.get(type);
        if (time == null) {
            throw RobotRefusal.invalid("type");
        }
        for (String end : List.of("from", "to")) {
            if (!time.matcher(request.required(end)).matches()) {
                throw RobotRefusal.invalid(end);
            }
        }
        ObjectNode json = RobotJson.object()
                .put("type", type)
                .put("from", request.required("from"))
                .put("to", request.required("to"));
        ObjectNode data = data(request);
        // PHP does not tell an empty map from an empty list.
        json.set("data", data.isEmpty() ? RobotJson.texts(List.of()) : data);
        return RobotJson.one("traffic", json);
    }

    private ObjectNode data(RobotRequest request) {
        boolean isSingle = request.field("single_values").filter("true"::equals).isPresent();
        ObjectNode data = RobotJson.object();
        Stream.concat(request.form().list("ip").stream(), request.form().list("subnet").stream())
                .forEach(address -> {
                    Traffic traffic = account.traffic().get(address);
                    if (traffic != null && isSingle) {
                        data.putObject(address).set("01", sums(traffic));
                    } else if (traffic != null) {
                        data.set(address, sums(traffic));
                    }
                });
        return data;
    }

    private static ObjectNode sums(Traffic traffic) {
        return RobotJson.object()
                .put("in", traffic.in())
                .put("out", traffic.out())
                .put("sum", traffic.in() + traffic.out());
    }
}
