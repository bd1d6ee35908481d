package dev.shedmaster.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerState.Job;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerLifeTest {
    private static final Instant BORN = Instant.parse("2026-11-24T14:00:00Z");
    private static final Instant LATER = BORN.plusSeconds(60);
    private static final Job ONE = new Job("1", "one", "");
    private static final Workload WORK = Workload.NONE.seen(List.of(ONE), BORN);
    private static final Offering SPOT =
            new Offering("spot", "ci/azure", "D8", "family", null, CapacityType.SPOT, 8, 0.1);
    private static final WorkerLife NEW = WorkerLife.requested(SPOT, BORN);

    @Test
    void remembersTheProvidersAnswer() {
        WorkerLife booting = NEW.accepted("/machines/1", "/operations/1", LATER);

        assertThat(booting)
                .isEqualTo(new WorkerLife(
                        new WorkerState.Booting(), LATER, BORN, SPOT, "/machines/1", "/operations/1", 0, null));
    }

    @Test
    void forgetsTheFormerMachineWhenItAsksForAnother() {
        Offering other = new Offering("other", "ci/azure", "D8", "family", null, CapacityType.ON_DEMAND, 8, 0.5);

        assertThat(NEW.accepted("/machines/1", "/operations/1", BORN).asking(other, LATER))
                .isEqualTo(new WorkerLife(new WorkerState.Creating(), LATER, BORN, other, "", "", 0, null));
    }

    @Test
    void knowsWhetherAMachineIsStillToBeAskedFor() {
        assertThat(new WorkerState.Requested().isAsking()).isTrue();
        assertThat(new WorkerState.Creating().isAsking()).isTrue();
        assertThat(new WorkerState.Booting().isAsking()).isFalse();
        assertThat(new WorkerState.Idle().isAsking()).isFalse();
    }

    @Test
    void countsJobsThatHaveEnded() {
        assertThat(NEW.counting(0)).isSameAs(NEW);
        assertThat(NEW.counting(2).counting(1).jobsDone()).isEqualTo(3);
    }

    @Test
    void keepsSinceWhenItsAgentIsAway() {
        WorkerLife away = NEW.hearing(false, LATER);

        assertThat(away.awaySince()).isEqualTo(LATER);
        assertThat(away.hearing(false, LATER.plusSeconds(9))).isSameAs(away);
        assertThat(away.hearing(true, LATER.plusSeconds(9)).awaySince()).isNull();
        assertThat(NEW.hearing(true, LATER)).isSameAs(NEW);
    }

    @Test
    void startsUntilItsAgentHasConnectedOnce() {
        assertThat(List.of(
                        NEW,
                        NEW.asking(SPOT, LATER),
                        NEW.accepted("/machines/1", "", LATER),
                        NEW.entering(new WorkerState.Registering(), LATER)))
                .allMatch(WorkerLife::isStarting);
        assertThat(List.of(
                        NEW.entering(new WorkerState.Idle(), LATER),
                        NEW.entering(new WorkerState.Busy(WORK), LATER),
                        NEW.entering(new WorkerState.Registering(), LATER).hearing(false, LATER),
                        NEW.entering(new WorkerState.Failed(FailureKind.BOOT_FAILED, ""), LATER)))
                .noneMatch(WorkerLife::isStarting);
    }

    @Test
    void showsWhatItRunsWithoutBeginningAnew() {
        WorkerLife draining = NEW.entering(new WorkerState.Draining(WORK, "old", null), BORN);

        assertThat(draining.showing(new WorkerState.Draining(WORK, "old", null)))
                .isSameAs(draining);
        assertThat(draining.showing(new WorkerState.Draining(Workload.NONE, "old", null))
                        .since())
                .isEqualTo(BORN);
    }

    @Test
    void saysForAPersonWhereItIs() {
        assertThat(new WorkerState.Draining(Workload.NONE, "old", null).waitsFor())
                .isEqualTo("takes no further job (old)");
        assertThat(new WorkerState.Draining(WORK, "old", null).waitsFor())
                .isEqualTo("takes no further job (old) and waits for one to end");
        assertThat(new WorkerState.Draining(Workload.NONE, "old", new Silence("ci/jenkins", null)).waitsFor())
                .isEqualTo("takes no further job (old) and waits for ci/jenkins to say whether it runs one: it gives"
                        + " no answer, see its status");
        assertThat(new WorkerState.Busy(WORK).phase()).isEqualTo("Busy");
    }

    @Test
    void someStatesLeadOnlyToTheEnd() {
        assertThat(List.of(
                        new WorkerState.Draining(WORK, "", null),
                        new WorkerState.Deleting(""),
                        new WorkerState.Gone(""),
                        new WorkerState.Failed(FailureKind.BOOT_FAILED, ""),
                        new WorkerState.Lost(""),
                        new WorkerState.Evicted("")))
                .allMatch(WorkerState::isEnding);
        assertThat(List.of(
                        new WorkerState.Requested(),
                        new WorkerState.Creating(),
                        new WorkerState.Booting(),
                        new WorkerState.Registering(),
                        new WorkerState.Idle(),
                        new WorkerState.Busy(WORK)))
                .noneMatch(WorkerState::isEnding);
    }

    @Test
    void onlyFailuresThatAPersonMustLookAtCountAgainstThePool() {
        assertThat(FailureKind.values())
                .filteredOn(kind -> !kind.countsAgainstPool())
                .containsExactly(FailureKind.NO_CAPACITY, FailureKind.NO_ACCOUNT);
    }
}
