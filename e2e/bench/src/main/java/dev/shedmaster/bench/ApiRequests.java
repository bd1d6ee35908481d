package dev.shedmaster.bench;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many writes an API server has served, by its own counting.
 *
 * @param counted writes of the objects that are asked about: by verb, what of the object is written, and how that ended if not well
 * @param others writes of our other kinds and of events; leases do not count, they tick for ever
 */
record ApiRequests(Map<String, Long> counted, long others) {
    private static final Pattern LINE = Pattern.compile("apiserver_request_total\\{([^}]*)\\} (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE", "APPLY", "DELETECOLLECTION");

    /** @param resource the kind that is asked about, as the API server calls it: {@code workers} */
    static ApiRequests in(String metrics, String resource) {
        Map<String, Long> counted = new TreeMap<>();
        long others = 0;
        Matcher line = LINE.matcher(metrics);
        while (line.find()) {
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(line.group(1));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            String verb = labels.getOrDefault("verb", "").toUpperCase(Locale.ROOT);
            if (!WRITES.contains(verb)) {
                continue;
            }
            String group = labels.getOrDefault("group", "");
            long count = Math.round(Double.parseDouble(line.group(2)));
            if (group.equals("shedmaster.dev")
                    && labels.getOrDefault("resource", "").equals(resource)) {
                counted.merge(kind(verb, labels), count, Long::sum);
            } else if (group.equals("shedmaster.dev") || group.equals("events.k8s.io")) {
                others += count;
            }
        }
        return new ApiRequests(counted, others);
    }

    private static String kind(String verb, Map<String, String> labels) {
        String part = labels.getOrDefault("subresource", "");
        String code = labels.getOrDefault("code", "");
        return verb + (part.isEmpty() ? "" : " " + part) + (code.startsWith("2") ? "" : " " + code);
    }

    /** Of the objects that are asked about. */
    long ofThese() {
        return counted.values().stream().mapToLong(Long::longValue).sum();
    }

    ApiRequests since(ApiRequests before) {
        Map<String, Long> more = new TreeMap<>();
        counted.forEach((kind, count) -> {
            long added = count - before.counted.getOrDefault(kind, 0L);
            if (added != 0) {
                more.put(kind, added);
            }
        });
        return new ApiRequests(more, others - before.others);
    }
}
