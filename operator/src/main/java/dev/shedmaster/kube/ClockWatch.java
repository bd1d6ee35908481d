package dev.shedmaster.kube;

import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the machine's clock was set, and has everything looked at again: the timers by which objects are looked at
 * later go by the time of day, so after a step back they would be late by as much.
 */
final class ClockWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** Less is what a clock is usually corrected by, and lost in what timers are late anyway. */
    private static final Duration A_STEP = Duration.ofSeconds(2);

    private final InstantSource timeOfDay;
    private final LongSupplier nanos;
    private final Runnable onStep;
    private final Feed<Nothing> looks;
    private Instant told;
    private long toldAt;

    /**
     * Watches a time of day.
     *
     * @param nanos the monotonic clock, as {@link System#nanoTime}
     */
    ClockWatch(InstantSource timeOfDay, LongSupplier nanos, Runnable onStep) {
        this.timeOfDay = timeOfDay;
        this.nanos = nanos;
        this.onStep = onStep;
        this.told = timeOfDay.instant();
        this.toldAt = nanos.getAsLong();
        this.looks = new Feed<>("clock", this::look, (before, now) -> EVERY, EVERY, timeOfDay, (before, now) -> {});
    }

    void start() {
        looks.start();
    }

    @Override
    public void close() {
        looks.close();
    }

    /** Compares how much time has passed by both clocks since the last look. */
    Outcome<Nothing> look() {
        Instant now = timeOfDay.instant();
        long at = nanos.getAsLong();
        Duration step = Duration.between(told, now).minusNanos(at - toldAt);
        told = now;
        toldAt = at;
        if (step.abs().compareTo(A_STEP) > 0) {
            log.atWarn()
                    .log(
                            "This machine's clock was set {} by {}; everything is looked at again",
                            step.isNegative() ? "back" : "ahead",
                            step.abs());
            onStep.run();
        }
        return Outcome.done(Nothing.NOTHING);
    }
}
