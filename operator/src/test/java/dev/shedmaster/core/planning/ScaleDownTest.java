package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.planning.PoolPlan.Removal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who goes, when, and for whom. */
class ScaleDownTest extends FleetFixture {
    @ParameterizedTest
    @CsvSource({"119, 1", "120, 0"})
    void aStaleSourceKeepsItsWorkers(int age, int removed) {
        read = NOW.minusSeconds(age);
        pools.add(pool("ci/x", 0, 10));
        worker("w1", "ci/x", Stage.IDLE, 300);
        assertThat(only().removals()).hasSize(removed);
    }

    @ParameterizedTest
    @CsvSource({"59, 30", "60, 5", "119, 5"})
    void fewLeaveWhileTheSourceIsLate(int age, int removed) {
        read = NOW.minusSeconds(age);
        pools.add(pool("ci/x", 0, 100));
        Map<String, Instant> known = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            known.put(worker("w" + i, "ci/x", Stage.IDLE, 400).name(), NOW.minusSeconds(15));
        }
        candidates = known;
        assertThat(only().removals()).hasSize(removed);
    }

    @Test
    void whoAlreadyLeavesCountsWhileTheSourceIsLate() {
        read = NOW.minusSeconds(60);
        pools.add(pool("ci/x", 0, 100));
        worker("gone", "ci/x", Stage.DELETING, 5);
        worker("w1", "ci/x", Stage.IDLE, 400);
        assertThat(codes(only())).contains("FewAtATime");
    }

    @ParameterizedTest
    @CsvSource({"14, 0", "15, 2", "-5, 0"})
    void twoGoOnlyWhenTheWishHasLasted(int since, int removed) {
        pools.add(pool("ci/x", 0, 10));
        worker("w1", "ci/x", Stage.IDLE, 300);
        worker("w2", "ci/x", Stage.IDLE, 300);
        candidates = Map.of("w1", NOW.minusSeconds(since), "w2", NOW.minusSeconds(since));
        FleetPlan plan = plan();
        assertThat(plan.pools().getFirst().removals()).hasSize(removed);
        if (removed == 0) {
            Instant from = since < 0 ? NOW : NOW.minusSeconds(since);
            assertThat(plan.removalCandidates()).isEqualTo(Map.of("w1", from, "w2", from));
            assertThat(plan.nextLook()).isEqualTo(from.plusSeconds(15));
        } else {
            assertThat(plan.removalCandidates()).isEmpty();
        }
    }

    @Test
    void whoWasIdleLastIsKept() {
        pools.add(pool("ci/x", 1, 10));
        worker("old", "ci/x", Stage.IDLE, 500);
        worker("new", "ci/x", Stage.IDLE, 400);
        assertThat(only().removals()).extracting(Removal::worker).containsExactly("old");
    }

    @Test
    void aWorkerReservedForAJobIsNotTheOneThatIsIdleLongest() {
        pools.add(pool("ci/x", 0, 10));
        worker("old", "ci/x", Stage.IDLE, 500);
        worker("new", "ci/x", Stage.IDLE, 400);
        queue(1, 0);
        assertThat(only().removals()).extracting(Removal::worker).containsExactly("old");
    }

    @Test
    void beyondTheSoftBudgetNothingIsMadeOrKeptAheadOfDemand() {
        PoolView dear = ScenarioPools.withBudget(pool("ci/x", 0, 9), ScenarioPools.budget("EUR", 0.15, null));
        accounts.add(new AccountView("ci/azure", OptionalInt.empty(), OptionalInt.empty(), "EUR"));
        pools.add(ScenarioPools.withForesight(dear, new Foresight(0, 4, "")));
        worker("w1", "ci/x", Stage.IDLE, 400);
        worker("w2", "ci/x", Stage.BUSY, 400);
        PoolPlan slice = only();
        assertThat(slice.creations()).isEmpty();
        assertThat(slice.removals()).extracting(Removal::worker).containsExactly("w1");
    }

    @Test
    void nobodyIsAskedToGoWhenThatWouldNotHelp() {
        accounts.add(new AccountView("ci/azure", OptionalInt.empty(), OptionalInt.of(20), "EUR"));
        Offering huge = new Offering("od", "ci/azure", "D32", "f", null, CapacityType.ON_DEMAND, 32, 0.4);
        pools.add(ScenarioPools.plain("ci/x", "ci/jenkins", Set.of("a"), 0, 9, huge));
        pools.add(ScenarioPools.plain("ci/y", "ci/jenkins", Set.of("b"), 0, 9, SPOT));
        worker("idle", "ci/y", Stage.IDLE, 100);
        worker("failed", "ci/y", Stage.FAILED, 100);
        queue(1, 0);
        assertThat(plan().pools().get(1).removals()).isEmpty();
    }

    @Test
    void failedWorkersGoBeforeIdleOnesAndOnlyAsManyAsAreNeeded() {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(3), OptionalInt.empty(), "EUR"));
        pools.add(pool("ci/x", 0, 9));
        pools.add(ScenarioPools.plain("ci/y", "ci/jenkins", Set.of("b"), 0, 9, SPOT));
        worker("idle", "ci/y", Stage.IDLE, 100);
        worker("failed-late", "ci/y", Stage.FAILED, 100);
        worker("failed-early", "ci/y", Stage.FAILED, 200);
        queue(1, 0);
        assertThat(plan().pools().get(1).removals()).extracting(Removal::worker).containsExactly("failed-early");
    }

    @Test
    void failedWorkersStayWhenNoMachineCouldTakeTheirPlace() {
        memory = memory.with(new Blockage(new Blockage.WholeAccount("ci/azure"), NOW.plusSeconds(999), "quota"), NOW);
        pools.add(pool("ci/x", 0, 1));
        worker("failed", "ci/x", Stage.FAILED, 100);
        queue(1, 0);
        assertThat(only().removals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"29, 0", "30, 1"})
    void anIdleWorkerIsReclaimedAfterHalfAMinute(int idle, int removed) {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(1), OptionalInt.empty(), "EUR"));
        pools.add(pool("ci/x", 0, 9));
        pools.add(ScenarioPools.plain("ci/y", "ci/jenkins", Set.of("b"), 0, 9, SPOT));
        worker("idle", "ci/y", Stage.IDLE, idle);
        queue(1, 0);
        FleetPlan plan = plan();
        assertThat(plan.pools().get(1).removals()).hasSize(removed);
        assertThat(removed == 1 || NOW.plusSeconds(1).equals(plan.nextLook())).isTrue();
    }

    @Test
    void anOutdatedIdleWorkerIsNoPlaceForAJob() {
        pools.add(ScenarioPools.withTemplate(pool("ci/x", 0, 9), "t2"));
        worker("old", "ci/x", Stage.IDLE, 10);
        queue(1, 0);
        PoolPlan slice = only();
        assertThat(slice.creations()).hasSize(1);
        assertThat(slice.removals()).extracting(Removal::worker).containsExactly("old");
    }

    @Test
    void aBusyWorkersFreeSlotsAreUsedBeforeAnIdleWorkerIsKept() {
        pools.add(ScenarioPools.withShape(pool("ci/x", 0, 9), false, 4, Duration.ofMinutes(5), 100, 1));
        wide("busy", "ci/x", Stage.BUSY, 4, 2, 400);
        wide("idle", "ci/x", Stage.IDLE, 4, 0, 400);
        queue(2, 0);
        assertThat(removed(only())).containsExactly("idle");
    }

    @Test
    void oneJobMoreThanTheBusyWorkersSlotsKeepsAnIdleWorker() {
        pools.add(ScenarioPools.withShape(pool("ci/x", 0, 9), false, 4, Duration.ofMinutes(5), 100, 1));
        wide("busy", "ci/x", Stage.BUSY, 4, 2, 400);
        wide("newest", "ci/x", Stage.IDLE, 4, 0, 400);
        wide("older", "ci/x", Stage.IDLE, 4, 0, 500);
        queue(3, 0);
        assertThat(removed(only())).containsExactly("older");
    }

    @ParameterizedTest
    @CsvSource({"299, 0, 1", "300, 1, 60", "400, 1, 60"})
    void whatOnlyAJobKeepsBeyondItsTimeIsTold(int idle, int kept, int nextLook) {
        pools.add(pool("ci/x", 0, 9));
        worker("idle", "ci/x", Stage.IDLE, idle);
        queue(1, 0);
        FleetPlan plan = plan();
        assertThat(plan.pools().getFirst().reasons())
                .filteredOn(Hold.KeptForQueuedJobs.class::isInstance)
                .hasSize(kept);
        assertThat(plan.nextLook()).isEqualTo(NOW.plusSeconds(nextLook));
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 1", "2, 0", "3, 0"})
    void whomTheMinimumKeepsAnywayTheJobDoesNotKeep(int minimum, int kept) {
        pools.add(pool("ci/x", minimum, 9));
        worker("idle-1", "ci/x", Stage.IDLE, 400);
        worker("idle-2", "ci/x", Stage.IDLE, 500);
        queue(2, 0);
        assertThat(only().reasons().stream()
                        .filter(Hold.KeptForQueuedJobs.class::isInstance)
                        .map(Hold.KeptForQueuedJobs.class::cast)
                        .mapToInt(Hold.KeptForQueuedJobs::workers)
                        .sum())
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"0, old+new", "1, old", "2, ''"})
    void asManySlotsAreKeptAheadAsAreExpected(int expected, String gone) {
        pools.add(ScenarioPools.withForesight(pool("ci/x", 0, 9), new Foresight(expected, 0, "")));
        worker("old", "ci/x", Stage.IDLE, 500);
        worker("new", "ci/x", Stage.IDLE, 400);
        everyWishHasLasted();
        assertThat(String.join("+", removed(only()))).isEqualTo(gone);
    }

    @Test
    void whatIsComingIsKeptAheadBeforeWhatIsIdle() {
        pools.add(ScenarioPools.withForesight(pool("ci/x", 0, 9), new Foresight(0, 2, "")));
        worker("coming-1", "ci/x", Stage.STARTING, 5);
        worker("coming-2", "ci/x", Stage.STARTING, 5);
        worker("idle", "ci/x", Stage.IDLE, 400);
        assertThat(removed(only())).containsExactly("idle");
    }

    @Test
    void whatIsComingForAJobIsNotSpare() {
        pools.add(ScenarioPools.withForesight(pool("ci/x", 0, 9), new Foresight(0, 1, "")));
        worker("coming", "ci/x", Stage.STARTING, 5);
        worker("idle-1", "ci/x", Stage.IDLE, 400);
        worker("idle-2", "ci/x", Stage.IDLE, 500);
        queue(2, 0);
        assertThat(removed(only())).isEmpty();
        assertThat(only().creations()).isEmpty();
    }

    @Test
    void theLongestIdleOfAFormerTemplateGoesFirst() {
        pools.add(ScenarioPools.withTemplate(pool("ci/x", 1, 2), "t2"));
        worker("new", "ci/x", Stage.IDLE, 10);
        worker("old", "ci/x", Stage.IDLE, 20);
        assertThat(removed(only())).containsExactly("old");
    }

    @Test
    void aFormerTemplateStaysUntilItsSuccessorIsReady() {
        pools.add(pool("ci/x", 1, 3));
        workers.add(outdated(worker("old", "ci/x", Stage.IDLE, 20)));
        worker("successor", "ci/x", Stage.STARTING, 5);
        assertThat(removed(only())).isEmpty();
        worker("ready", "ci/x", Stage.IDLE, 5);
        assertThat(removed(only())).containsExactly("old");
    }

    private WorkerView outdated(WorkerView worker) {
        workers.remove(worker);
        return new WorkerView(
                worker.name(),
                worker.pool(),
                worker.stage(),
                worker.offering(),
                1,
                0,
                worker.createdAt(),
                worker.stageSince(),
                0,
                "t0",
                worker.labels(),
                worker.overdue());
    }

    @Test
    void aFormerTemplateWithoutASuccessorInSightStays() {
        pools.add(ScenarioPools.withBlocker(pool("ci/x", 1, 3), "the Secret lacks a key"));
        workers.add(outdated(worker("old", "ci/x", Stage.IDLE, 20)));
        assertThat(removed(only())).isEmpty();
    }

    @Test
    void itSaysWhenTheFirstOfThePatientGoes() {
        pools.add(pool("ci/x", 0, 9));
        worker("new", "ci/x", Stage.IDLE, 10);
        worker("old", "ci/x", Stage.IDLE, 290);
        PoolPlan slice = only();
        assertThat(slice.reasons()).contains(new Hold.MayStillGetWork(2, NOW.plusSeconds(10)));
        assertThat(plan().nextLook()).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void aReadingThatAgesMattersToWhoMightGoOrIsWantedForTheMinimum() {
        pools.add(pool("ci/x", 1, 9));
        assertThat(plan().nextLook()).isEqualTo(NOW.plusSeconds(60));
        pools.set(0, pool("ci/x", 0, 9));
        assertThat(plan().nextLook()).isNull();
    }
}
