package dev.shedmaster.bench.simulation;

import java.time.Duration;
import java.time.Instant;

/** A rate limit in virtual time: so many at once after a pause, then so many a second, in the order in which they ask. */
public final class TokenBucket {
    private final Duration interval;
    private final Duration allowance;
    private Instant emptyUntil = Instant.MIN;

    /**
     * A bucket that is full.
     *
     * @param burst how many at once
     * @param perSecond how fast they come back
     */
    public TokenBucket(int burst, double perSecond) {
        if (burst < 1 || !(perSecond > 0)) {
            throw new IllegalArgumentException("burst and perSecond: must be above 0");
        }
        this.interval = Duration.ofNanos(Math.round(1e9 / perSecond));
        this.allowance = interval.multipliedBy(burst);
    }

    /** Takes a token, and says when what it is for may be done. */
    public Instant take(Instant now) {
        emptyUntil = (emptyUntil.isAfter(now) ? emptyUntil : now).plus(interval);
        Instant allowed = emptyUntil.minus(allowance);
        return allowed.isAfter(now) ? allowed : now;
    }
}
