package dev.shedmaster.kube.pool;

import dev.shedmaster.api.v1alpha1.Schedule;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When schedules begin. None begins within a minute, so what was worked out holds until the next: it takes longer than
 * everything else about a pool.
 */
public final class ScheduleTimes {
    /** What was worked out, all for one minute. */
    private record Page(Instant minute, Map<Recurrence, Optional<ZonedDateTime>> begun) {}

    private volatile Page page = new Page(Instant.MIN, Map.of());

    /** When the schedule has begun last, in its own time zone; nothing if it never has, or cannot be understood. */
    public Optional<ZonedDateTime> lastBegin(Schedule schedule, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        Page known = page;
        if (!known.minute.equals(minute)) {
            known = new Page(minute, new ConcurrentHashMap<>());
            page = known;
        }
        return known.begun.computeIfAbsent(recurrence(schedule), one -> one.last(minute));
    }

    /** Why the schedule cannot be understood, as a sentence that names the field; nothing if it can. */
    public static Optional<String> problem(Schedule schedule) {
        return recurrence(schedule).problem("spec.scaling.schedules[" + schedule.name() + "]");
    }

    private static Recurrence recurrence(Schedule schedule) {
        return new Recurrence(schedule.cron(), schedule.timeZone());
    }
}
