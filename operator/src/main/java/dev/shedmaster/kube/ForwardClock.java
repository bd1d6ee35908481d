package dev.shedmaster.kube;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day, but never going back. Readings are ordered by it, and what is waited for is waited for by it; an operator
 * whose machine's clock is set back by two hours would else believe for two hours what it knew before, and wait as much longer.
 *
 * <p>A step ahead is followed at once. After a step back this clock goes at half speed until the time of day has caught up, so
 * that it tells the right time again, before and after in the right order.
 */
public final class ForwardClock implements InstantSource {
    private static final int SLOWED = 2;

    private final InstantSource timeOfDay;
    private final LongSupplier nanos;
    private Instant shown;
    private long shownAt;

    /**
     * Follows a time of day.
     *
     * @param nanos the monotonic clock, as {@link System#nanoTime}
     */
    public ForwardClock(InstantSource timeOfDay, LongSupplier nanos) {
        this.timeOfDay = timeOfDay;
        this.nanos = nanos;
        this.shown = timeOfDay.instant();
        this.shownAt = nanos.getAsLong();
    }

    /** The system's own. */
    public static ForwardClock system() {
        return new ForwardClock(InstantSource.system(), System::nanoTime);
    }

    @Override
    public synchronized Instant instant() {
        Instant told = timeOfDay.instant();
        long at = nanos.getAsLong();
        Instant least = shown.plus(Duration.ofNanos(at - shownAt).dividedBy(SLOWED));
        shown = told.isAfter(least) ? told : least;
        shownAt = at;
        return shown;
    }
}
