package dev.shedmaster.bench;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many writes an API server has served, by its own counting.
 *
 * @param workers writes of Worker objects and their statuses
 * @param others writes of our other kinds and of events; leases do not count, they tick for ever
 */
record ApiRequests(long workers, long others) {
    private static final Pattern LINE = Pattern.compile("apiserver_request_total\\{([^}]*)\\} (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE", "APPLY", "DELETECOLLECTION");

    static ApiRequests in(String metrics) {
        long workers = 0;
        long others = 0;
        Matcher line = LINE.matcher(metrics);
        while (line.find()) {
            String group = "";
            String resource = "";
            String verb = "";
            Matcher label = LABEL.matcher(line.group(1));
            while (label.find()) {
                switch (label.group(1)) {
                    case "group" -> group = label.group(2);
                    case "resource" -> resource = label.group(2);
                    case "verb" -> verb = label.group(2).toUpperCase(Locale.ROOT);
                    default -> {}
                }
            }
            if (!WRITES.contains(verb)) {
                continue;
            }
            long count = Math.round(Double.parseDouble(line.group(2)));
            if (group.equals("shedmaster.dev") && resource.equals("workers")) {
                workers += count;
            } else if (group.equals("shedmaster.dev") || group.equals("events.k8s.io")) {
                others += count;
            }
        }
        return new ApiRequests(workers, others);
    }

    ApiRequests since(ApiRequests before) {
        return new ApiRequests(workers - before.workers, others - before.others);
    }
}
