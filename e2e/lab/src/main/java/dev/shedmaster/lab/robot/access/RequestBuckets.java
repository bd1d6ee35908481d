package dev.shedmaster.lab.robot.access;

import dev.shedmaster.lab.robot.call.RequestLimit;
import dev.shedmaster.lab.robot.call.RobotCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts requests. What Robot counts by is not documented: here it is the login, the method and the path's pattern, so
 * that the servers of an account share one count, which is the tightest reading.
 */
public final class RequestBuckets {
    private record Key(String login, RobotCall call) {}

    private static final class Bucket {
        private double tokens;
        private Instant filledAt;

        Bucket(double tokens, Instant filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }

    private static final double ROUNDING = 1e-9;

    private final RequestLimits limits;
    private final InstantSource clock;
    private final Map<Key, Bucket> buckets = new HashMap<>();

    public RequestBuckets(RequestLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Counts a request; the limit that it is over, if it is. */
    public synchronized Optional<RequestLimit> count(String login, RobotCall call) {
        return limits.of(call).filter(limit -> !take(new Key(login, call), limit));
    }

    private boolean take(Key key, RequestLimit limit) {
        Instant now = clock.instant();
        Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket(limit.requests(), now));
        double windows = (double) Duration.between(bucket.filledAt, now).toNanos()
                / limit.window().toNanos();
        bucket.tokens = Math.min(limit.requests(), bucket.tokens + windows * limit.requests());
        bucket.filledAt = now;
        if (bucket.tokens < 1 - ROUNDING) {
            return false;
        }
        bucket.tokens--;
        return true;
    }
}
