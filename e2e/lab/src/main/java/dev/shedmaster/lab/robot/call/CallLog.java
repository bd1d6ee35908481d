package dev.shedmaster.lab.robot.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was asked, in order. Safe for many threads. */
public final class CallLog {
    private static final int KEPT = 200_000;

    /**
     * A call.
     *
     * @param status the answer's; 0 when there was none
     */
    public record Entry(String method, String path, int status) {

        /**
         * Whether a person would have to pay for it, or would lose a server: an order, a cancellation, or the
         * withdrawal of one.
         */
        public boolean isCostly() {
            boolean changes = !method.equals("GET") && !method.equals("HEAD");
            return changes
                    && (path.startsWith("/order") || path.endsWith("/cancellation") || path.endsWith("/reversal"));
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<Entry> costly = new ArrayList<>();

    public synchronized void add(Entry entry) {
        if (entries.size() < KEPT) {
            entries.add(entry);
        }
        String kind = RobotCall.find(entry.method(), entry.path())
                .map(route -> route.call().toString())
                .orElse("something else");
        counts.merge(kind + " " + entry.status(), 1L, Long::sum);
        if (entry.isCostly()) {
            costly.add(entry);
        }
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How often each call got each status, such as {@code POST /reset/{server} 200}. */
    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** The calls that nobody should have made: see {@link Entry#isCostly}. They were refused. */
    public synchronized List<Entry> costly() {
        return List.copyOf(costly);
    }
}
