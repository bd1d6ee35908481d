package dev.shedmaster.suite.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** How long jobs waited for an executor, in real time. */
record Waits(int jobs, Duration median, Duration p95, Duration longest) {

    static Waits of(Collection<Duration> waits) {
        if (waits.isEmpty()) {
            return new Waits(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
        List<Duration> sorted = waits.stream().sorted().toList();
        return new Waits(sorted.size(), share(sorted, 0.5), share(sorted, 0.95), sorted.getLast());
    }

    /** The smallest wait that at least this share of all does not exceed. */
    private static Duration share(List<Duration> sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
