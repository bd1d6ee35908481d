package dev.shedmaster.core.upkeep;

import java.time.Duration;
import java.time.Instant;

/**
 * A span of time in which a host may be out of service. Where it comes from (a calendar, a time zone) is told
 * elsewhere.
 *
 * @param begin its first instant
 * @param end the first instant that is not in it any more
 */
public record MaintenanceWindow(Instant begin, Instant end) {
    /** For a host whose owner restricts nothing. */
    public static final MaintenanceWindow ALWAYS = new MaintenanceWindow(Instant.MIN, Instant.MAX);

    public MaintenanceWindow {
        if (!begin.isBefore(end)) {
            throw new IllegalArgumentException("a maintenance window must begin before its end: " + begin + ", " + end);
        }
    }

    /** Whether work of that length that begins now ends within it. */
    boolean hasTimeFor(Duration work, Instant now) {
        return !now.isBefore(begin) && now.isBefore(closingFor(work));
    }

    /**
     * The first instant at which work of that length would not end within it; none is later for a window without an
     * end.
     */
    Instant closingFor(Duration work) {
        return work.isZero() || end.equals(Instant.MAX) ? end : end.minus(work).plusNanos(1);
    }
}
