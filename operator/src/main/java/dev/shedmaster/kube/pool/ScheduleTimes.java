package dev.shedmaster.kube.pool;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.shedmaster.api.v1alpha1.Schedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * When schedules begin. None begins within a minute, so what was worked out holds until the next: it takes longer than
 * everything else about a pool.
 */
public final class ScheduleTimes {
    /** What comes at all comes after it. */
    private static final ZonedDateTime ANY_DAY = Instant.EPOCH.atZone(ZoneOffset.UTC);

    /** What was worked out, all for one minute. */
    private record Page(Instant minute, Map<Schedule, Optional<ZonedDateTime>> begun) {}

    private volatile Page page = new Page(Instant.MIN, Map.of());

    /** When the schedule has begun last, in its own time zone; nothing if it never has, or cannot be understood. */
    public Optional<ZonedDateTime> lastBegin(Schedule schedule, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        Page known = page;
        if (!known.minute.equals(minute)) {
            known = new Page(minute, new ConcurrentHashMap<>());
            page = known;
        }
        return known.begun.computeIfAbsent(schedule, one -> workedOut(one, minute));
    }

    private static Optional<ZonedDateTime> workedOut(Schedule schedule, Instant minute) {
        if (problem(schedule).isPresent()) {
            return Optional.empty();
        }
        ZonedDateTime here = minute.atZone(ZoneId.of(schedule.timeZone()));
        ExecutionTime times = ExecutionTime.forCron(cron(schedule));
        return Stream.concat(times.lastExecution(here.plusSeconds(1)).stream(), skipped(times, here).stream())
                .max(Comparator.naturalOrder());
    }

    /** What comes at a time that clocks were set past begins when they were. The library passes over it. */
    private static Optional<ZonedDateTime> skipped(ExecutionTime times, ZonedDateTime here) {
        ZoneOffsetTransition last =
                here.getZone().getRules().previousTransition(here.toInstant().plusNanos(1));
        if (last == null || !last.isGap()) {
            return Optional.empty();
        }
        ZonedDateTime from = last.getDateTimeBefore().atZone(ZoneOffset.UTC);
        ZonedDateTime to = last.getDateTimeAfter().atZone(ZoneOffset.UTC);
        return times.lastExecution(to)
                .filter(time -> !time.isBefore(from))
                .map(time -> last.getInstant().atZone(here.getZone()));
    }

    /** Why the schedule cannot be understood, as a sentence that names the field; nothing if it can. */
    public static Optional<String> problem(Schedule schedule) {
        String field = "spec.scaling.schedules[" + schedule.name() + "]";
        Cron cron;
        try {
            cron = cron(schedule);
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    field + ".cron \"" + schedule.cron() + "\" cannot be understood: " + e.getMessage()
                            + ". Write five fields (minute, hour, day of month, month, day of week), such as 45 20 * * 1-5; a range that goes past the end is written as two, such as 22-23,0-2");
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

    private static Cron cron(Schedule schedule) {
        return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(schedule.cron());
    }
}
