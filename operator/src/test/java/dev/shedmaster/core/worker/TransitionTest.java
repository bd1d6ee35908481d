package dev.shedmaster.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
    private static final Offering SPOT =
            new Offering("spot", "ci/azure", "D8", "family", null, CapacityType.SPOT, 8, 0.1);
    private static final Offering ON_DEMAND =
            new Offering("on-demand", "ci/azure", "D8", "family", null, CapacityType.ON_DEMAND, 8, 0.5);
    private static final WorkerLife LIFE = WorkerLife.requested(SPOT, NOW);
    private static final WorkerEffect DELETE = new WorkerEffect.DeleteMachine();
    private static final WorkerEffect LOOK = new WorkerEffect.LookAtMachine();

    @Test
    void isStoredFirstOnlyIfSomethingElseIsAskedForThanWasRecorded() {
        assertThat(Transition.waiting(LIFE.asking(ON_DEMAND, NOW), NOW).storeFirst(LIFE))
                .isTrue();
        assertThat(Transition.acting(LIFE, NOW, new WorkerEffect.AskForMachine(SPOT))
                        .storeFirst(LIFE))
                .isFalse();
        assertThat(Transition.waiting(LIFE.entering(new WorkerState.Idle(), NOW), NOW)
                        .storeFirst(LIFE))
                .isFalse();
    }

    @Test
    void tellsTheStatesInTheOrderInWhichTheyWereEntered() {
        WorkerState idle = new WorkerState.Idle();
        WorkerState lost = new WorkerState.Lost("off");

        assertThat(Transition.waiting(LIFE, null).after(lost).after(idle).passed())
                .containsExactly(idle, lost);
    }

    @Test
    void doesFirstWhatMustComeFirst() {
        assertThat(Transition.acting(LIFE, NOW, DELETE)
                        .doingFirst(List.of(LOOK))
                        .effects())
                .containsExactly(LOOK, DELETE);
    }

    @Test
    void asksTheSameOnlyIfNothingIsLearnedAndTheSameIsToBeDone() {
        Transition once = Transition.acting(LIFE, NOW, DELETE);
        assertThat(Transition.acting(LIFE, NOW.plusSeconds(1), DELETE).asksTheSameOf(LIFE, once))
                .isTrue();
        assertThat(Transition.acting(LIFE, NOW, LOOK).asksTheSameOf(LIFE, once)).isFalse();
        WorkerLife learned = LIFE.entering(new WorkerState.Idle(), NOW);
        assertThat(Transition.acting(learned, NOW, DELETE).asksTheSameOf(LIFE, once))
                .isFalse();
    }

    @Test
    void looksAgainAtTheEarliestOfAllTimes() {
        Instant soon = NOW.plusSeconds(5);
        Instant late = NOW.plusSeconds(50);

        assertThat(Transition.waiting(LIFE, null).lookingBy(late).lookAgain()).isEqualTo(late);
        assertThat(Transition.waiting(LIFE, late).lookingBy(soon).lookAgain()).isEqualTo(soon);
        assertThat(Transition.waiting(LIFE, soon).lookingBy(late).lookAgain()).isEqualTo(soon);
    }

    @Test
    void looksWhenADeadlinePassesAndReportsItFromThenOn() {
        Instant deadline = NOW.plusSeconds(5);
        Transition before = Transition.waiting(LIFE, null).overdueAt(deadline, NOW);
        Transition then = Transition.waiting(LIFE, null).overdueAt(deadline, deadline);

        assertThat(before.overdue()).isFalse();
        assertThat(before.lookAgain()).isEqualTo(deadline);
        assertThat(then.overdue()).isTrue();
        assertThat(then.lookAgain()).isNull();
    }
}
