package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.QueuedJob;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order in which jobs arrived; of those that came at one instant by source and id, so that it is always the same. */
final class Arrival {
    static final Comparator<QueuedJob> ORDER = (one, other) -> {
        int byTime = one.queuedAt().compareTo(other.queuedAt());
        if (byTime != 0) {
            return byTime;
        }
        int bySource = one.source().compareTo(other.source());
        return bySource != 0 ? bySource : one.id().compareTo(other.id());
    };

    private static final int INDEX_BITS = 20;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

    /** From 1970 until 2242: later milliseconds do not fit beside an index. */
    private static final long MOST_SECONDS = 1L << 33;

    private Arrival() {}

    /** Most jobs came in milliseconds of their own, and numbers are sorted much faster than jobs are compared. */
    static QueuedJob[] sorted(List<QueuedJob> queue) {
        QueuedJob[] jobs = queue.toArray(QueuedJob[]::new);
        long[] keys = keys(jobs);
        if (keys == null) {
            Arrays.sort(jobs, ORDER);
            return jobs;
        }
        Arrays.sort(keys);
        QueuedJob[] sorted = new QueuedJob[jobs.length];
        int sameSince = 0;
        for (int i = 0; i < keys.length; i++) {
            sorted[i] = jobs[(int) keys[i] & INDEX_MASK];
            if (keys[i] >> INDEX_BITS != keys[sameSince] >> INDEX_BITS) {
                Arrays.sort(sorted, sameSince, i, ORDER);
                sameSince = i;
            }
        }
        Arrays.sort(sorted, sameSince, sorted.length, ORDER);
        return sorted;
    }

    /** Of each job the millisecond and its index; null where they do not fit into a number. */
    private static long @Nullable [] keys(QueuedJob[] jobs) {
        if (jobs.length > INDEX_MASK) {
            return null;
        }
        long[] keys = new long[jobs.length];
        for (int i = 0; i < jobs.length; i++) {
            Instant at = jobs[i].queuedAt();
            if (at.getEpochSecond() < 0 || at.getEpochSecond() >= MOST_SECONDS) {
                return null;
            }
            keys[i] = at.toEpochMilli() << INDEX_BITS | i;
        }
        return keys;
    }
}
