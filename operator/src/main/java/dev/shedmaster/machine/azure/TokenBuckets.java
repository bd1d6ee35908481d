package dev.shedmaster.machine.azure;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** Our own count of all of the server's buckets, by what a call takes from. Not safe for threads: {@link RequestBudget} guards it. */
final class TokenBuckets {
    private final EnumMap<RequestBucket, TokenBucket> buckets = new EnumMap<>(RequestBucket.class);

    TokenBuckets(RequestRates rates, Instant now) {
        for (RequestBucket bucket : RequestBucket.values()) {
            buckets.put(bucket, new TokenBucket(rates.rate(bucket), now));
        }
    }

    /** Whether a call of this kind may be made now. */
    boolean have(RequestKind kind, Instant now) {
        return kind.buckets().stream().allMatch(bucket -> bucket(bucket).has(now));
    }

    /** Whether it is the server that wants no call of this kind now. */
    boolean isPaused(RequestKind kind, Instant now) {
        return kind.buckets().stream().anyMatch(bucket -> bucket(bucket).isPaused(now));
    }

    /** When there is enough for so many calls of this kind, if nobody else takes from it. */
    Instant readyAt(RequestKind kind, int calls, Instant now) {
        return kind.buckets().stream()
                .map(bucket -> bucket(bucket).readyAt(calls, now))
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    void take(RequestKind kind, Instant now) {
        kind.buckets().forEach(bucket -> bucket(bucket).take(now));
    }

    /** The server says how many are left in some of them. */
    void heed(Map<RequestBucket, Integer> left, Instant now) {
        left.forEach((bucket, requests) -> bucket(bucket).heed(requests, now));
    }

    /** The server wants nothing of that bucket for so long. */
    void pause(RequestBucket bucket, Duration pause, Instant now) {
        bucket(bucket).pause(pause, now);
    }

    private TokenBucket bucket(RequestBucket bucket) {
        TokenBucket found = buckets.get(bucket);
        if (found == null) {
            throw new IllegalStateException("no bucket " + bucket);
        }
        return found;
    }
}
