package dev.shedmaster.kube.pool;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Times that come again and again, as {@code cron} writes them.
 *
 * @param cron minute, hour, day of month, month, day of week
 * @param timeZone in which they are meant
 */
public record Recurrence(String cron, String timeZone) {
    /** What comes at all comes after it. */
    private static final ZonedDateTime ANY_DAY = Instant.EPOCH.atZone(ZoneOffset.UTC);

    /** When it has come last, in its own time zone; nothing if it never has, or cannot be understood. */
    public Optional<ZonedDateTime> last(Instant now) {
        if (problem("").isPresent()) {
            return Optional.empty();
        }
        ZonedDateTime here = now.atZone(ZoneId.of(timeZone));
        ExecutionTime times = ExecutionTime.forCron(parsed());
        return Stream.concat(times.lastExecution(here.plusSeconds(1)).stream(), skipped(times, here).stream())
                .max(Comparator.naturalOrder());
    }

    /** When it comes next, in its own time zone; nothing if it never does, or cannot be understood. */
    public Optional<ZonedDateTime> next(Instant now) {
        return problem("").isPresent()
                ? Optional.empty()
                : ExecutionTime.forCron(parsed()).nextExecution(now.atZone(ZoneId.of(timeZone)));
    }

    /** What comes at a time that clocks were set past comes when they were. The library passes over it. */
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

    /**
     * Why it cannot be understood, as a sentence that names the field; nothing if it can.
     *
     * @param field what holds {@code cron} and {@code timeZone}
     */
    public Optional<String> problem(String field) {
        Cron understood;
        try {
            understood = parsed();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    field + ".cron \"" + cron + "\" cannot be understood: " + e.getMessage()
                            + ". Write five fields (minute, hour, day of month, month, day of week), such as 45 20 * * 1-5; a range that goes past the end is written as two, such as 22-23,0-2");
        }
        try {
            ZoneId.of(timeZone);
        } catch (DateTimeException e) {
            return Optional.of(field + ".timeZone \"" + timeZone
                    + "\" is not a time zone: write a name such as Etc/UTC or Europe/Berlin");
        }
        return ExecutionTime.forCron(understood).nextExecution(ANY_DAY).isPresent()
                ? Optional.empty()
                : Optional.of(field + ".cron \"" + cron
                        + "\" never comes: there is no such day. Correct the day of month or the month");
    }

    private Cron parsed() {
        return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(cron);
    }
}
