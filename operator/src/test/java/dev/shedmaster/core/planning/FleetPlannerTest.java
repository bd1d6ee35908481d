package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single points of the rule as a whole, at their edges. What a story tells better is in the scenarios. */
class FleetPlannerTest extends FleetFixture {
    @Test
    void noFleetNeedsNoPlan() {
        FleetPlan plan = plan();
        assertThat(plan.pools()).isEmpty();
        assertThat(plan.unmatched()).isEmpty();
        assertThat(plan.nextLook()).isNull();
    }

    @Test
    void twoPoolsOfOneNameAreAMistakeOfTheCaller() {
        pools.add(pool("ci/x", 0, 1));
        pools.add(pool("ci/x", 0, 1));
        assertThatThrownBy(this::plan).hasMessage("two pools are called ci/x");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1, 1, slotsPerWorker", "0, 0, 1, 0, weight", "-1, 0, 1, 1, min", "0, -1, 1, 1, max"})
    void aPoolThatCannotBeIsRefusedByItsField(int min, int max, int slots, int weight, String field) {
        PoolView good = pool("ci/x", 0, 1);
        int badSlots = field.equals("slotsPerWorker") ? 0 : slots;
        assertThatThrownBy(() -> ScenarioPools.withSize(
                        ScenarioPools.withShape(
                                good, false, badSlots, good.size().idleTimeout(), 1, weight),
                        min,
                        max,
                        null))
                .hasMessageStartingWith("a pool's " + field + " must be at least");
    }

    @Test
    void aClockThatStepsBackMakesNothingOlder() {
        pools.add(pool("ci/x", 0, 10));
        worker("w1", "ci/x", Stage.IDLE, -100);
        queue(2, -50);
        read = NOW.plusSeconds(30);
        PoolPlan slice = only();
        assertThat(slice.removals()).isEmpty();
        assertThat(slice.creations()).hasSize(1);
    }

    @Test
    void whoseReadingIsOldButDoesNotFailLetsNobodyGoAndMakesNone() {
        pools.add(pool("ci/x", 0, 10));
        worker("asking", "ci/x", Stage.REQUESTED, 10);
        queue(4, 10);
        read = NOW.minusSeconds(7200);
        PoolPlan slice = only();
        assertThat(slice.creations()).isEmpty();
        assertThat(slice.removals()).isEmpty();

        failingSince = NOW.minusSeconds(59);
        assertThat(removed(only())).isEmpty();
        failingSince = NOW.minusSeconds(60);
        assertThat(removed(only())).containsExactly("asking");
    }

    @Test
    void whoWasNeverHeardIsSilentAfterTwoMinutesOfAsking() {
        pools.add(pool("ci/x", 0, 10));
        worker("asking", "ci/x", Stage.REQUESTED, 10);
        read = null;
        failingSince = NOW.minusSeconds(119);
        assertThat(removed(only())).isEmpty();
        failingSince = NOW.minusSeconds(120);
        assertThat(removed(only())).containsExactly("asking");
    }

    @Test
    void aPoolSaysThatItsWorkersAreLateAndWhatOneOfThemWaitsFor() {
        pools.add(pool("ci/x", 0, 10));
        pools.add(pool("ci/y", 0, 10));
        queue(4, 900);
        for (String why : List.of("waits", "waits; last answer: 502", "waits; last answer: 500")) {
            late("w" + workers.size(), "ci/x", 900, why);
        }
        worker("in-time", "ci/x", Stage.REQUESTED, 10);
        assertThat(plan().pools().getFirst().hindrances())
                .containsExactly(new Hold.Overdue("ci/x", 3, "waits; last answer: 502"));
        assertThat(plan().pools().getLast().hindrances()).isEmpty();
    }

    @Test
    void aScheduleThatAsksForMoreThanTheMaximumGetsTheMaximum() {
        pools.add(pool("ci/x", 5, 2));
        PoolPlan slice = only();
        assertThat(slice.creations()).hasSize(2);
        assertThat(slice.counts().desired()).isEqualTo(2);
    }

    @Test
    void explainFindsAJobBeyondThoseThatAreShown() {
        pools.add(pool("ci/x", 0, 3));
        queue(40, 0);
        assertThat(only().waiting()).hasSize(10);
        assertThat(FleetPlanner.explain(view(), policy, NOW, "ci/jenkins", "39"))
                .hasValueSatisfying(waiting -> {
                    assertThat(waiting.job().id()).isEqualTo("39");
                    assertThat(waiting.why()).isInstanceOf(Hold.AtMaximum.class);
                });
        assertThat(FleetPlanner.explain(view(), policy, NOW, "ci/jenkins", "40"))
                .isEmpty();
        assertThat(FleetPlanner.explain(view(), policy, NOW, "ci/other", "39")).isEmpty();
    }
}
