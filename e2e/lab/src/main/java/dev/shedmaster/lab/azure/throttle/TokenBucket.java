package dev.shedmaster.lab.azure.throttle;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket that refills evenly. A client that was refused and comes back before the time it was told starts that time anew, as the compute
 * provider does.
 */
final class TokenBucket {
    private final double capacity;
    private final double perSecond;
    private double tokens;
    private Instant filledAt;
    private @Nullable Instant refusedUntil;

    TokenBucket(Rate rate, Instant now) {
        this.capacity = rate.capacity();
        this.perSecond = rate.perSecond();
        this.tokens = capacity;
        this.filledAt = now;
    }

    /** Zero when there is a token to take, else how long the client must stay away. Nothing is taken yet. */
    Duration wait(Instant now) {
        refill(now);
        if (refusedUntil != null && now.isBefore(refusedUntil)) {
            return refuse(now);
        }
        refusedUntil = null;
        return tokens >= 1 ? Duration.ZERO : refuse(now);
    }

    private Duration refuse(Instant now) {
        double missing = Math.max(1 - tokens, 0);
        // Rounded up, at least a second: it is told in whole seconds.
        long seconds = Math.max(1, (long) Math.ceil(missing / perSecond));
        refusedUntil = now.plusSeconds(seconds);
        return Duration.ofSeconds(seconds);
    }

    void take() {
        tokens -= 1;
    }

    long left() {
        return (long) Math.floor(tokens);
    }

    boolean isFull(Instant now) {
        refill(now);
        return tokens >= capacity;
    }

    private void refill(Instant now) {
        double passed = Duration.between(filledAt, now).toNanos() / 1e9;
        if (passed > 0) {
            tokens = Math.min(capacity, tokens + passed * perSecond);
            filledAt = now;
        }
    }
}
