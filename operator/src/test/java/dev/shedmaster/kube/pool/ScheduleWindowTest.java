package dev.shedmaster.kube.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Scaling;
import dev.shedmaster.api.v1alpha1.ScalingProfile;
import dev.shedmaster.api.v1alpha1.Schedule;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleWindowTest {
    private static final Schedule NIGHTLY = new Schedule("nightly", "45 20 * * 1-5", "Etc/UTC", "4h", 6, null);
    /** A Tuesday. */
    private static final String DAY = "2026-11-24T";

    private static ScheduleWindow at(String time, Schedule... schedules) {
        Scaling scaling = new Scaling(1, 24, ScalingProfile.BALANCED, null, List.of(schedules), 0, 1, null);
        return ScheduleWindow.at(scaling, Instant.parse(time));
    }

    @Test
    void holdsFromItsBeginningUntilItsEnd() {
        assertThat(at(DAY + "20:44:59Z", NIGHTLY).min()).isEqualTo(1);
        assertThat(at(DAY + "20:45:00Z", NIGHTLY).min()).isEqualTo(6);
        assertThat(at("2026-11-25T00:44:59Z", NIGHTLY).min()).isEqualTo(6);
        assertThat(at("2026-11-25T00:45:00Z", NIGHTLY).min()).isEqualTo(1);
    }

    @Test
    void doesNotHoldOnOtherDays() {
        assertThat(at("2026-11-28T21:00:00Z", NIGHTLY).min()).isEqualTo(1);
    }

    @Test
    void saysWhichScheduleSetsTheMinimumAndUntilWhen() {
        assertThat(at(DAY + "21:00:00Z", NIGHTLY).note()).isEqualTo("schedule nightly until Wed 00:45 UTC");
        assertThat(at(DAY + "12:00:00Z", NIGHTLY).note()).isNull();
    }

    @Test
    void followsItsOwnTimeZoneThroughTheYear() {
        Schedule berlin = new Schedule("berlin", "0 8 * * *", "Europe/Berlin", "1h", 3, null);

        assertThat(at("2026-07-01T06:30:00Z", berlin).min()).isEqualTo(3);
        assertThat(at("2026-12-01T06:30:00Z", berlin).min()).isEqualTo(1);
        assertThat(at("2026-12-01T07:30:00Z", berlin).min()).isEqualTo(3);
    }

    @Test
    void severalAddUpToTheHighestMinimumAndTheLowestMaximum() {
        Schedule quiet = new Schedule("quiet", "0 20 * * *", "Etc/UTC", "6h", 0, 4);
        ScheduleWindow window = at(DAY + "21:00:00Z", NIGHTLY, quiet);

        assertThat(window.max()).isEqualTo(4);
        assertThat(window.min()).as("no minimum is above the maximum").isEqualTo(4);
        assertThat(window.note()).contains("nightly").doesNotContain("quiet");
        assertThat(window.maxNote()).contains("quiet").doesNotContain("nightly");
    }

    @Test
    void aScheduleThatChangesTheMaximumAloneSetsNoMinimum() {
        Schedule quiet = new Schedule("quiet", "0 20 * * *", "Etc/UTC", "6h", 1, 4);
        ScheduleWindow window = at(DAY + "21:00:00Z", quiet);

        assertThat(window.max()).isEqualTo(4);
        assertThat(window.note()).isNull();
        assertThat(window.maxNote()).contains("quiet");
    }

    @Test
    void ofEqualMinimaTheOneThatHoldsLongerIsNamed() {
        Schedule longer = new Schedule("longer", "0 20 * * *", "Etc/UTC", "6h", 6, null);
        Schedule shorter = new Schedule("shorter", "0 20 * * *", "Etc/UTC", "2h", 6, null);

        assertThat(at(DAY + "21:00:00Z", shorter, longer, NIGHTLY).note()).contains("longer until Wed 02:00");
    }

    @Test
    void namesADayThatNeverComes() {
        assertThat(ScheduleWindow.problem(new Schedule("never", "0 0 30 2 *", "Etc/UTC", "1h", 1, null)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("spec.scaling.schedules[never].cron")
                        .contains("never comes"));
        assertThat(ScheduleWindow.problem(new Schedule("seldom", "0 0 29 2 *", "Etc/UTC", "1h", 1, null)))
                .isEmpty();
    }

    @Test
    void namesTheFieldThatCannotBeUnderstood() {
        assertThat(ScheduleWindow.problem(NIGHTLY)).isEmpty();
        assertThat(ScheduleWindow.problem(new Schedule("bad", "99 20 * * *", "Etc/UTC", "1h", 1, null)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("spec.scaling.schedules[bad].cron")
                        .contains("45 20 * * 1-5"));
        assertThat(ScheduleWindow.problem(new Schedule("bad", "0 20 * * *", "Mars/Base", "1h", 1, null)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("spec.scaling.schedules[bad].timeZone")
                        .contains("Europe/Berlin"));
    }
}
