package dev.shedmaster.machine.azure;

import java.time.Duration;
import java.time.Instant;

/** Our own count of one of the server's buckets. Not safe for threads: {@link RequestBudget} guards it. */
final class TokenBucket {
    private final RequestRates.Rate rate;
    private double tokens;
    private Instant counted;
    private Instant pausedUntil = Instant.MIN;

    TokenBucket(RequestRates.Rate rate, Instant now) {
        this.rate = rate;
        this.tokens = rate.burst();
        this.counted = now;
    }

    boolean has(Instant now) {
        refill(now);
        return tokens >= 1 && !isPaused(now);
    }

    /** Whether it is the server that wants none now. */
    boolean isPaused(Instant now) {
        return now.isBefore(pausedUntil);
    }

    void take(Instant now) {
        refill(now);
        tokens -= 1;
    }

    /** When it has had so many for those who wait, if nobody else takes one. */
    Instant readyAt(int wanted, Instant now) {
        refill(now);
        Instant from = pausedUntil.isAfter(now) ? pausedUntil : now;
        return tokens >= wanted
                ? from
                : from.plusNanos((long) Math.ceil((wanted - tokens) / rate.perSecond() * 1_000_000_000.0));
    }

    /** The server says how many are left. It may know of other clients, so the smaller number counts. */
    void heed(double left, Instant now) {
        refill(now);
        tokens = Math.min(tokens, left);
    }

    /** The server wants none before then; an earlier one would begin the penalty anew. */
    void pause(Duration pause, Instant now) {
        Instant until = now.plus(pause);
        if (until.isAfter(pausedUntil)) {
            pausedUntil = until;
        }
        refill(now);
        tokens = Math.min(tokens, 1);
    }

    private void refill(Instant now) {
        if (now.isAfter(counted)) {
            double seconds = Duration.between(counted, now).toNanos() / 1_000_000_000.0;
            tokens = Math.min(rate.burst(), tokens + seconds * rate.perSecond());
        }
        // A clock that steps back gives nothing and takes nothing; counting goes on from where it stepped to.
        counted = now;
    }
}
