package dev.shedmaster.kube.pool;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.shedmaster.api.v1alpha1.Scaling;
import dev.shedmaster.api.v1alpha1.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** What comes at all comes after it. */
    private static final ZonedDateTime ANY_DAY = Instant.EPOCH.atZone(ZoneOffset.UTC);

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
    public static ScheduleWindow at(Scaling scaling, Instant now) {
        List<InForce> inForce = scaling.schedules().stream()
                .flatMap(schedule -> end(schedule, now).map(end -> new InForce(schedule, end)).stream())
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

    /** Why the schedule cannot be understood, as a sentence that names the field; nothing if it can. */
    public static Optional<String> problem(Schedule schedule) {
        String field = "spec.scaling.schedules[" + schedule.name() + "]";
        Cron cron;
        try {
            cron = cron(schedule);
        } catch (IllegalArgumentException e) {
            return Optional.of(field + ".cron \"" + schedule.cron() + "\" cannot be understood: " + e.getMessage()
                    + ". Write five fields (minute, hour, day of month, month, day of week), such as 45 20 * * 1-5");
        }
        try {
            ZoneId.of(schedule.timeZone());
        } catch (DateTimeException e) {
            return Optional.of(field + ".timeZone \"" + schedule.timeZone()
                    + "\" is not a time zone: write a name such as Etc/UTC or Europe/Berlin");
        }
        return ExecutionTime.forCron(cron).nextExecution(ANY_DAY).isPresent()
                ? Optional.empty()
                : Optional.of(field + ".cron \"" + schedule.cron()
                        + "\" never comes: there is no such day. Correct the day of month or the month");
    }

    /** When the schedule's span that holds at that time ends; nothing if none does. */
    private static Optional<ZonedDateTime> end(Schedule schedule, Instant now) {
        Duration length = Spans.duration(schedule.duration());
        ZonedDateTime here = now.atZone(ZoneId.of(schedule.timeZone()));
        ExecutionTime times = ExecutionTime.forCron(cron(schedule));
        return Stream.concat(times.lastExecution(here.plusSeconds(1)).stream(), skipped(times, here, length).stream())
                .max(Comparator.naturalOrder())
                .map(begin -> begin.plus(length))
                .filter(end -> end.isAfter(here));
    }

    /**
     * What comes at a time that clocks were set past begins when they were. The library passes over it.
     *
     * @param within how long ago that may have been
     */
    private static Optional<ZonedDateTime> skipped(ExecutionTime times, ZonedDateTime here, Duration within) {
        ZoneOffsetTransition last =
                here.getZone().getRules().previousTransition(here.toInstant().plusNanos(1));
        if (last == null || !last.isGap() || last.getInstant().plus(within).isBefore(here.toInstant())) {
            return Optional.empty();
        }
        ZonedDateTime from = last.getDateTimeBefore().atZone(ZoneOffset.UTC);
        ZonedDateTime to = last.getDateTimeAfter().atZone(ZoneOffset.UTC);
        return times.lastExecution(to)
                .filter(time -> !time.isBefore(from))
                .map(time -> last.getInstant().atZone(here.getZone()));
    }

    private static Cron cron(Schedule schedule) {
        return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(schedule.cron());
    }
}
