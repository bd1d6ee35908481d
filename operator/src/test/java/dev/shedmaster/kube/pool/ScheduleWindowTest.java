package dev.shedmaster.kube.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Scaling;
import dev.shedmaster.api.v1alpha1.ScalingProfile;
import dev.shedmaster.api.v1alpha1.Schedule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleWindowTest {
    private static final ScheduleTimes TIMES = new ScheduleTimes();
    private static final Schedule NIGHTLY = new Schedule("nightly", "45 20 * * 1-5", "Etc/UTC", "4h", 6, null);
    /** A Tuesday. */
    private static final String DAY = "2026-11-24T";

    private static ScheduleWindow at(String time, Schedule... schedules) {
        Scaling scaling = new Scaling(1, 24, ScalingProfile.BALANCED, null, List.of(schedules), 0, 1, null);
        return ScheduleWindow.at(scaling, Instant.parse(time), TIMES);
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

    /** Clocks in Berlin go from 02:00 to 03:00, which is 01:00 UTC, on 29 March 2026. */
    @ParameterizedTest
    @ValueSource(strings = {"0 2 * * *", "30 2 * * *", "59 2 * * *", "15,45 2 * * *", "30 2 29 3 *", "30 2 * * 0"})
    void whatClocksAreSetPastBeginsWhenTheyAre(String cron) {
        Schedule night = new Schedule("night", cron, "Europe/Berlin", "2h", 3, null);

        assertThat(at("2026-03-29T00:59:59Z", night).min()).isEqualTo(1);
        assertThat(at("2026-03-29T01:00:00Z", night).min()).isEqualTo(3);
        assertThat(at("2026-03-29T02:59:59Z", night).note()).isEqualTo("schedule night until Sun 05:00 CEST");
        assertThat(at("2026-03-29T03:00:00Z", night).min()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "59 1 * * *,  3, schedule night until Sun 04:59 CEST",
        "0 3 * * *,   3, schedule night until Sun 05:00 CEST",
        "30 2 * * 1,  1,",
        "30 14 * * *, 1,"
    })
    void whatClocksAreNotSetPastBeginsAtItsTime(String cron, int min, @Nullable String note) {
        ScheduleWindow window = at("2026-03-29T02:00:00Z", new Schedule("night", cron, "Europe/Berlin", "2h", 3, null));

        assertThat(window.min()).isEqualTo(min);
        assertThat(window.note()).isEqualTo(note);
    }

    @Test
    void onTheNextNightItBeginsAtItsTimeAgain() {
        Schedule night = new Schedule("night", "30 2 * * *", "Europe/Berlin", "2h", 3, null);

        assertThat(at("2026-03-30T00:29:59Z", night).min()).isEqualTo(1);
        assertThat(at("2026-03-30T00:30:00Z", night).note()).isEqualTo("schedule night until Mon 04:30 CEST");
    }

    @Test
    void ofSkippedAndLaterTimesTheLaterCounts() {
        Schedule early = new Schedule("early", "30 2,3 * * *", "Europe/Berlin", "2h", 3, null);

        assertThat(at("2026-03-29T01:10:00Z", early).note()).isEqualTo("schedule early until Sun 05:00 CEST");
        assertThat(at("2026-03-29T01:30:00Z", early).note()).isEqualTo("schedule early until Sun 05:30 CEST");
    }

    /** Clocks in Berlin go from 03:00 back to 02:00, which is 01:00 UTC, on 25 October 2026. */
    @Test
    void aTimeThatComesTwiceBeginsASpanEachTime() {
        Schedule night = new Schedule("night", "30 2 * * *", "Europe/Berlin", "20m", 3, null);

        assertThat(at("2026-10-25T00:29:59Z", night).min()).isEqualTo(1);
        assertThat(at("2026-10-25T00:30:00Z", night).note()).isEqualTo("schedule night until Sun 02:50 CEST");
        assertThat(at("2026-10-25T01:10:00Z", night).min()).isEqualTo(1);
        assertThat(at("2026-10-25T01:30:00Z", night).note()).isEqualTo("schedule night until Sun 02:50 CET");
        assertThat(at("2026-10-25T01:50:00Z", night).min()).isEqualTo(1);
    }

    @Test
    void aSpanThroughAChangeOfTheClockLastsAsLongAsItSays() {
        Schedule night = new Schedule("night", "0 22 * * *", "Europe/Berlin", "8h", 3, null);

        assertThat(at("2026-03-29T04:59:59Z", night).note()).isEqualTo("schedule night until Sun 07:00 CEST");
        assertThat(at("2026-10-25T03:59:59Z", night).note()).isEqualTo("schedule night until Sun 05:00 CET");
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
    void whatCannotBeUnderstoodNeverHolds() {
        Schedule mad = new Schedule("mad", "99 20 * * *", "Etc/UTC", "4h", 9, null);

        assertThat(at(DAY + "21:00:00Z", mad, NIGHTLY).min()).isEqualTo(6);
    }
}
