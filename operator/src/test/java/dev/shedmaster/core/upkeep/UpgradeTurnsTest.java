package dev.shedmaster.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.core.upkeep.HostUpkeep.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeTurnsTest {
    private static final Instant TEN = Instant.parse("2026-11-24T10:00:00Z");
    private static final MaintenanceWindow TEN_TO_TWO = new MaintenanceWindow(TEN, TEN.plus(Duration.ofHours(4)));
    private static final MaintenanceWindow NEXT_DAY = later(TEN_TO_TWO, Duration.ofDays(1));
    private static final Duration WORK = Duration.ofMinutes(45);
    private static final UpgradeTurns ONE = new UpgradeTurns(1, WORK);
    private static final UpgradeTurns TWO = new UpgradeTurns(2, WORK);

    private static MaintenanceWindow later(MaintenanceWindow window, Duration by) {
        return new MaintenanceWindow(window.begin().plus(by), window.end().plus(by));
    }

    private static HostUpkeep host(String name, Stage stage, int jobs, MaintenanceWindow... windows) {
        return new HostUpkeep(name, "rx220", stage, jobs, List.of(windows));
    }

    private static HostUpkeep outdated(String name, int jobs) {
        return host(name, Stage.OUTDATED, jobs, MaintenanceWindow.ALWAYS);
    }

    private static Map<String, Turn> turns(UpgradeTurns rule, HostUpkeep... hosts) {
        return rule.at(TEN, List.of(hosts));
    }

    private static String text(UpgradeTurns rule, String host, HostUpkeep... hosts) {
        return Objects.requireNonNull(turns(rule, hosts).get(host)).text();
    }

    @Test
    void theOneWithTheFewestJobsGoesFirst() {
        HostUpkeep[] hosts = {outdated("a", 2), outdated("b", 0), outdated("c", 1)};
        assertThat(turns(ONE, hosts))
                .containsEntry("b", new Turn.TakeOut())
                .containsEntry("a", new Turn.OthersFirst(List.of("b"), 2))
                .containsEntry("c", new Turn.OthersFirst(List.of("b"), 1));
        assertThat(text(ONE, "a", hosts)).isEqualTo("waits for b, taken out first: 2 jobs run here");
        assertThat(text(ONE, "c", hosts)).isEqualTo("waits for b, taken out first: 1 job runs here");
        assertThat(text(ONE, "b", hosts)).isEqualTo("is taken out of service now");
    }

    @Test
    void ofHostsWithAsManyJobsTheFirstByName() {
        assertThat(turns(TWO, outdated("c", 1), outdated("a", 1), outdated("b", 1)))
                .containsEntry("a", new Turn.TakeOut())
                .containsEntry("b", new Turn.TakeOut())
                .containsEntry("c", new Turn.OthersFirst(List.of("a", "b"), 1));
    }

    @Test
    void noMoreAreOutThanMayBe() {
        HostUpkeep out = host("a", Stage.TAKEN_OUT, 1, MaintenanceWindow.ALWAYS);
        HostUpkeep atWork = host("b", Stage.AT_WORK, 0, MaintenanceWindow.ALWAYS);
        assertThat(turns(TWO, outdated("c", 0), atWork, out))
                .containsEntry("c", new Turn.OthersOut(List.of("a", "b"), 2));
        assertThat(text(TWO, "c", outdated("c", 0), atWork, out))
                .isEqualTo("waits for a, b: no more than 2 may be out of service at a time");
        assertThat(turns(TWO, outdated("c", 0), outdated("d", 0), atWork))
                .containsEntry("c", new Turn.TakeOut())
                .containsEntry("d", new Turn.OthersFirst(List.of("c"), 0));
        assertThat(turns(ONE, outdated("c", 0), atWork, out))
                .containsEntry("c", new Turn.OthersOut(List.of("a", "b"), 1));
    }

    @Test
    void groupsDoNotWaitForEachOther() {
        HostUpkeep other = new HostUpkeep("z", "ax102", Stage.NOT_READY, 0, List.of());
        HostUpkeep third = new HostUpkeep("y", "rx170", Stage.AT_WORK, 0, List.of());
        assertThat(turns(ONE, outdated("a", 0), other, third)).containsOnly(Map.entry("a", new Turn.TakeOut()));
    }

    @Test
    void nobodyGoesWhileAnotherIsNotReady() {
        HostUpkeep failed = host("z", Stage.NOT_READY, 0, MaintenanceWindow.ALWAYS);
        HostUpkeep alsoFailed = host("y", Stage.NOT_READY, 0, MaintenanceWindow.ALWAYS);
        assertThat(turns(TWO, outdated("a", 0), failed))
                .containsOnly(Map.entry("a", new Turn.OthersNotReady(List.of("z"))));
        assertThat(text(TWO, "a", outdated("a", 0), failed)).isEqualTo("waits until z is ready");
        assertThat(text(TWO, "a", outdated("a", 0), failed, alsoFailed)).isEqualTo("waits until y, z are ready");
        HostUpkeep out = host("b", Stage.TAKEN_OUT, 0, MaintenanceWindow.ALWAYS);
        assertThat(text(TWO, "b", out, failed)).isEqualTo("serves again: waits until z is ready");
    }

    @Test
    void workBeginsWhenTheLastJobHasEnded() {
        assertThat(turns(ONE, host("a", Stage.TAKEN_OUT, 1, MaintenanceWindow.ALWAYS)))
                .containsEntry("a", new Turn.JobsRun(1));
        assertThat(text(ONE, "a", host("a", Stage.TAKEN_OUT, 1, MaintenanceWindow.ALWAYS)))
                .isEqualTo("waits for the end of 1 job");
        assertThat(text(ONE, "a", host("a", Stage.TAKEN_OUT, 2, MaintenanceWindow.ALWAYS)))
                .isEqualTo("waits for the end of 2 jobs");
        assertThat(text(ONE, "a", host("a", Stage.TAKEN_OUT, 0, MaintenanceWindow.ALWAYS)))
                .isEqualTo("is worked on now");
    }

    /** The window is open from 10:00 to 14:00, and work takes three quarters of an hour. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-24T09:59:59.999999999Z, false",
        "2026-11-24T10:00:00Z, true",
        "2026-11-24T13:15:00Z, true",
        "2026-11-24T13:15:00.000000001Z, false",
        "2026-11-24T14:00:00Z, false"
    })
    void workHasToEndWithinTheWindow(Instant now, boolean goes) {
        HostUpkeep waiting = host("a", Stage.OUTDATED, 0, TEN_TO_TWO);
        assertThat(ONE.at(now, List.of(waiting)).get("a") instanceof Turn.TakeOut)
                .isEqualTo(goes);
        HostUpkeep out = host("a", Stage.TAKEN_OUT, 0, TEN_TO_TWO);
        assertThat(ONE.at(now, List.of(out)).get("a") instanceof Turn.Begin).isEqualTo(goes);
        assertThat(ONE.at(now, List.of(out)).get("a") instanceof Turn.GiveBack).isNotEqualTo(goes);
    }

    @Test
    void aClosedWindowIsClosedForWorkThatTakesNoTime() {
        HostUpkeep waiting = host("a", Stage.OUTDATED, 0, TEN_TO_TWO);
        UpgradeTurns atOnce = new UpgradeTurns(1, Duration.ZERO);
        assertThat(atOnce.at(TEN_TO_TWO.end(), List.of(waiting)).get("a")).isInstanceOf(Turn.OutsideWindow.class);
        assertThat(atOnce.at(TEN_TO_TWO.end().minusNanos(1), List.of(waiting)).get("a"))
                .isEqualTo(new Turn.TakeOut());
    }

    @Test
    void theNextWindowThatIsLongEnoughIsTold() {
        MaintenanceWindow brief = new MaintenanceWindow(TEN.plusSeconds(60), TEN.plusSeconds(120));
        MaintenanceWindow past = later(TEN_TO_TWO, Duration.ofDays(-1));
        HostUpkeep host = host("a", Stage.OUTDATED, 0, later(NEXT_DAY, Duration.ofDays(1)), past, brief, NEXT_DAY);
        assertThat(turns(ONE, host)).containsEntry("a", new Turn.OutsideWindow(NEXT_DAY.begin(), WORK));
        assertThat(text(ONE, "a", host)).isEqualTo("waits for its maintenance window at 2026-11-25T10:00:00Z");
        assertThat(text(ONE, "a", host("a", Stage.TAKEN_OUT, 0, past, NEXT_DAY)))
                .isEqualTo("serves again: waits for its maintenance window at 2026-11-25T10:00:00Z");
        assertThat(text(ONE, "a", host("a", Stage.OUTDATED, 0, past, brief)))
                .isEqualTo("no maintenance window of 45 min is ahead (spec.maintenance.windows)");
        assertThat(turns(ONE, host("a", Stage.OUTDATED, 0))).containsEntry("a", new Turn.OutsideWindow(null, WORK));
    }

    @Test
    void aHostOutsideItsWindowTakesNobodysTurn() {
        HostUpkeep closed = host("a", Stage.OUTDATED, 0, NEXT_DAY);
        assertThat(turns(ONE, closed, outdated("b", 3))).containsEntry("b", new Turn.TakeOut());
        HostUpkeep failed = host("z", Stage.NOT_READY, 0);
        assertThat(turns(ONE, closed, failed).get("a")).isInstanceOf(Turn.OutsideWindow.class);
    }

    @Test
    void whoIsCurrentOrAtWorkHasNoTurn() {
        assertThat(turns(
                        ONE,
                        host("a", Stage.CURRENT, 0, MaintenanceWindow.ALWAYS),
                        host("b", Stage.AT_WORK, 0, MaintenanceWindow.ALWAYS),
                        host("c", Stage.NOT_READY, 0, MaintenanceWindow.ALWAYS)))
                .isEmpty();
    }

    @Test
    void itIsToldWhenToLookAgain() {
        HostUpkeep waiting = host("a", Stage.OUTDATED, 0, TEN_TO_TWO, NEXT_DAY);
        assertThat(ONE.next(TEN.minusSeconds(1), List.of(waiting))).contains(TEN);
        assertThat(ONE.next(TEN, List.of(waiting)))
                .contains(Instant.parse("2026-11-24T13:15:00Z").plusNanos(1));
        assertThat(ONE.next(TEN_TO_TWO.end(), List.of(waiting))).contains(NEXT_DAY.begin());
        assertThat(ONE.next(TEN, List.of(host("a", Stage.TAKEN_OUT, 0, NEXT_DAY))))
                .contains(NEXT_DAY.begin());
        assertThat(ONE.next(NEXT_DAY.end(), List.of(waiting))).isEmpty();
        assertThat(ONE.next(TEN, List.of(outdated("a", 0)))).isEmpty();
        assertThat(ONE.next(TEN, List.of(host("a", Stage.CURRENT, 0, NEXT_DAY))))
                .isEmpty();
        MaintenanceWindow brief = new MaintenanceWindow(TEN.plusSeconds(60), TEN.plusSeconds(120));
        assertThat(ONE.next(TEN, List.of(host("a", Stage.OUTDATED, 0, brief)))).isEmpty();
    }

    @Test
    void aWindowWithoutAnEndOpensOnce() {
        HostUpkeep host = host("a", Stage.OUTDATED, 0, new MaintenanceWindow(TEN.plusSeconds(1), Instant.MAX));
        assertThat(ONE.next(TEN, List.of(host))).contains(TEN.plusSeconds(1));
        assertThat(ONE.at(TEN.plusSeconds(1), List.of(host))).containsEntry("a", new Turn.TakeOut());
        assertThat(ONE.next(TEN.plusSeconds(1), List.of(host))).isEmpty();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new UpgradeTurns(0, WORK)).hasMessageContaining("atOnce must be at least 1");
        assertThatThrownBy(() -> new UpgradeTurns(1, Duration.ofSeconds(-1))).hasMessageContaining("work not negative");
        assertThatThrownBy(() -> host("a", Stage.CURRENT, -1)).hasMessageContaining("jobs must be at least 0");
        assertThatThrownBy(() -> new MaintenanceWindow(TEN, TEN)).hasMessageContaining("begin before its end");
    }
}
