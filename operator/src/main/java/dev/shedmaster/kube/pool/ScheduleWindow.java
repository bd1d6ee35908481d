package dev.shedmaster.kube.pool;

import dev.shedmaster.api.v1alpha1.Scaling;
import dev.shedmaster.api.v1alpha1.Schedule;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pool's minimum and maximum at one instant.
 *
 * @param min the highest minimum of the pool and of all schedules that hold now
 * @param max the pool's maximum, or the lowest that a schedule sets that holds now
 * @param note which schedule sets the minimum and until when, for a person; null if none does
 * @param maxNote which schedule sets the maximum and until when, for a person; null if none does
 */
public record ScheduleWindow(
        int min, int max, @Nullable String note, @Nullable String maxNote) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE HH:mm zzz", Locale.ENGLISH);

    /** A schedule that holds, and when that ends. */
    private record InForce(Schedule schedule, ZonedDateTime end) {
        int min() {
            return schedule.min();
        }

        int max(Scaling scaling) {
            return Objects.requireNonNullElse(schedule.max(), scaling.max());
        }

        String note() {
            return "schedule " + schedule.name() + " until " + CLOCK.format(end);
        }
    }

    /** What holds at that time. */
    public static ScheduleWindow at(Scaling scaling, Instant now, ScheduleTimes times) {
        List<InForce> inForce = scaling.schedules().stream()
                .flatMap(schedule -> end(schedule, now, times).map(end -> new InForce(schedule, end)).stream())
                .toList();
        InForce lowest = inForce.stream()
                .filter(held -> held.max(scaling) < scaling.max())
                .min(Comparator.comparingInt(held -> held.max(scaling)))
                .orElse(null);
        int max = lowest == null ? scaling.max() : lowest.max(scaling);
        String maxNote = lowest == null ? null : lowest.note();
        return inForce.stream()
                .filter(held -> held.min() > scaling.min())
                .max(Comparator.comparingInt(InForce::min).thenComparing(InForce::end))
                .map(highest -> new ScheduleWindow(Math.min(highest.min(), max), max, highest.note(), maxNote))
                .orElseGet(() -> new ScheduleWindow(Math.min(scaling.min(), max), max, null, maxNote));
    }

    /** When the schedule's span that holds at that time ends; nothing if none does. */
    private static Optional<ZonedDateTime> end(Schedule schedule, Instant now, ScheduleTimes times) {
        return times.lastBegin(schedule, now)
                .map(begin -> begin.plus(Spans.duration(schedule.duration())))
                .filter(end -> end.toInstant().isAfter(now));
    }
}
