package dev.shedmaster.kube.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Schedule;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTimesTest {
    private static final Schedule NIGHTLY = new Schedule("nightly", "45 20 * * 1-5", "Etc/UTC", "4h", 6, null);

    private final ScheduleTimes times = new ScheduleTimes();

    private Optional<ZonedDateTime> lastBegin(String time) {
        return times.lastBegin(NIGHTLY, Instant.parse(time));
    }

    @Test
    void whatWasWorkedOutHoldsForTheMinuteAndNoLonger() {
        Optional<ZonedDateTime> before = lastBegin("2026-11-24T20:44:00Z");
        assertThat(before).hasValue(ZonedDateTime.parse("2026-11-23T20:45:00Z[Etc/UTC]"));
        assertThat(lastBegin("2026-11-24T20:44:59.999Z")).isSameAs(before);

        Optional<ZonedDateTime> after = lastBegin("2026-11-24T20:45:00Z");
        assertThat(after).hasValue(ZonedDateTime.parse("2026-11-24T20:45:00Z[Etc/UTC]"));
        assertThat(lastBegin("2026-11-24T20:45:30Z")).isSameAs(after);
        assertThat(lastBegin("2026-11-24T20:44:30Z"))
                .as("the clock was set back")
                .isEqualTo(before);
    }

    @Test
    void namesADayThatNeverComes() {
        assertThat(ScheduleTimes.problem(new Schedule("never", "0 0 30 2 *", "Etc/UTC", "1h", 1, null)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("spec.scaling.schedules[never].cron")
                        .contains("never comes"));
        assertThat(ScheduleTimes.problem(new Schedule("seldom", "0 0 29 2 *", "Etc/UTC", "1h", 1, null)))
                .isEmpty();
    }

    @Test
    void namesTheFieldThatCannotBeUnderstood() {
        assertThat(ScheduleTimes.problem(NIGHTLY)).isEmpty();
        assertThat(ScheduleTimes.problem(new Schedule("bad", "99 20 * * *", "Etc/UTC", "1h", 1, null)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("spec.scaling.schedules[bad].cron")
                        .contains("45 20 * * 1-5"));
        assertThat(ScheduleTimes.problem(new Schedule("late", "0 22-2 * * *", "Etc/UTC", "1h", 1, null)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("spec.scaling.schedules[late].cron")
                        .contains("as two, such as 22-23,0-2"));
        assertThat(ScheduleTimes.problem(new Schedule("bad", "0 20 * * *", "Mars/Base", "1h", 1, null)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("spec.scaling.schedules[bad].timeZone")
                        .contains("Europe/Berlin"));
    }
}
