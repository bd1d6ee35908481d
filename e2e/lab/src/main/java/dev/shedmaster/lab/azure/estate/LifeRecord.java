package dev.shedmaster.lab.azure.estate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine's life so far, or to its end.
 *
 * @param createCalledReal the creating call by the real clock; everything else is lab time
 * @param billed for how long it has been paid
 * @param dollars what that costs; 0 where no price is known
 */
public record LifeRecord(
        String name,
        String id,
        String size,
        String location,
        @Nullable String zone,
        String priority,
        String state,
        Instant createCalledReal,
        Map<Milestone, Instant> milestones,
        @Nullable String failureCode,
        Duration billed,
        double dollars) {}
