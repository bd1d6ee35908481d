package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.PoolPlan.Removal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single points of the rule, at their edges. What a story tells better is in the scenarios. */
class FleetPlannerTest {
    private static final Instant NOW = FleetMaker.NOW;
    private static final Offering SPOT = new Offering("spot", "ci/azure", "D8", "f", null, CapacityType.SPOT, 8, 0.1);
    private static final Offering DEAR =
            new Offering("on-demand", "ci/azure", "D8", "f", null, CapacityType.ON_DEMAND, 8, 0.4);

    private final List<QueuedJob> jobs = new ArrayList<>();
    private final List<PoolView> pools = new ArrayList<>();
    private final List<WorkerView> workers = new ArrayList<>();
    private final List<AccountView> accounts = new ArrayList<>();
    private OfferingMemory memory = OfferingMemory.EMPTY;
    private Map<String, Instant> candidates = Map.of();
    private Instant read = NOW;
    private Policy policy = Policy.DEFAULT;

    private static PoolView pool(String name, int min, int max) {
        return ScenarioPools.plain(name, "ci/jenkins", Set.of("a"), min, max, SPOT);
    }

    private void queue(int count, int secondsAgo) {
        for (int i = 0; i < count; i++) {
            jobs.add(new QueuedJob(
                    "ci/jenkins",
                    "" + jobs.size(),
                    "job-" + jobs.size(),
                    ScenarioWorld.requirement("a"),
                    NOW.minusSeconds(secondsAgo)));
        }
    }

    private WorkerView worker(String name, String pool, Stage stage, int secondsAgo) {
        WorkerView worker = new WorkerView(
                name,
                pool,
                stage,
                SPOT,
                1,
                stage == Stage.BUSY ? 1 : 0,
                NOW.minusSeconds(secondsAgo),
                NOW.minusSeconds(secondsAgo),
                0,
                "t1");
        workers.add(worker);
        return worker;
    }

    private FleetView view() {
        return new FleetView(
                jobs,
                Map.of("ci/jenkins", new SourceView("ci/jenkins", read)),
                pools,
                workers,
                accounts,
                memory,
                candidates);
    }

    private FleetPlan plan() {
        FleetPlan plan = FleetPlanner.plan(view(), policy, NOW);
        PlanLaws.hold(view(), policy, NOW, plan);
        return plan;
    }

    private PoolPlan only() {
        return plan().pools().getFirst();
    }

    private static List<String> codes(PoolPlan slice) {
        return slice.reasons().stream().map(Reason::code).toList();
    }

    private static Policy limits(int creationsPerMinute, int inFlight) {
        Policy all = Policy.DEFAULT;
        return new Policy(
                all.batch(),
                all.lateAfter(),
                all.staleAfter(),
                all.ageingStep(),
                all.ageingPoints(),
                all.failureThreshold(),
                all.firstBackOff(),
                all.longestBackOff(),
                creationsPerMinute,
                inFlight,
                all.drainShare(),
                all.drainWorkers(),
                all.revalidation(),
                all.reclaimIdle(),
                all.antiFlapPart(),
                all.probeEvery(),
                all.waitingShown());
    }

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
                        ScenarioPools.withShape(good, false, badSlots, good.idleTimeout(), 1, weight), min, max, null))
                .hasMessageStartingWith("a pool's " + field + " must be at least");
    }

    @ParameterizedTest
    @CsvSource({
        "3, 9, false",
        "3, 10, true",
        "4, 19, false",
        "4, 20, true",
        "8, 319, false",
        "8, 320, true",
        "9, 599, false",
        "9, 600, true",
        "40, 599, false",
        "40, 600, true",
        "2, 0, true"
    })
    void thePauseAfterFailuresDoublesUpToTenMinutes(int failures, int secondsAgo, boolean goesOn) {
        pools.add(ScenarioPools.withHistory(
                pool("ci/x", 0, 5), new BootHistory(failures, NOW.minusSeconds(secondsAgo), null)));
        queue(1, 0);
        assertThat(only().creations()).hasSize(goesOn ? 1 : 0);
    }

    @Test
    void noMoreStartThanMayAtATime() {
        policy = limits(100, 3);
        pools.add(pool("ci/x", 0, 10));
        worker("w1", "ci/x", Stage.STARTING, 5);
        queue(9, 0);
        PoolPlan slice = only();
        assertThat(slice.creations()).hasSize(2);
        assertThat(codes(slice)).containsExactly("Sizing", "InFlightFull");
        assertThat(slice.counts().desired()).isEqualTo(9);
    }

    @Test
    void anAccountIsAskedForNoMoreThanItsRate() {
        policy = limits(3, 100);
        pools.add(pool("ci/x", 0, 10));
        worker("w1", "ci/x", Stage.BUSY, 59);
        worker("w2", "ci/x", Stage.BUSY, 60);
        queue(9, 0);
        FleetPlan plan = plan();
        assertThat(plan.pools().getFirst().creations()).hasSize(2);
        assertThat(codes(plan.pools().getFirst())).contains("CreationRate");
        assertThat(plan.nextLook()).isEqualTo(NOW.plusSeconds(1));
    }

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
        Map<String, Instant> known = new java.util.HashMap<>();
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
    void workersOfAPoolThatIsGoneStillFillTheirAccount() {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(2), OptionalInt.empty(), "EUR"));
        pools.add(pool("ci/x", 0, 10));
        worker("stray", "ci/gone", Stage.BUSY, 100);
        queue(3, 0);
        assertThat(only().creations()).hasSize(1);
    }

    @Test
    void aScheduleThatAsksForMoreThanTheMaximumGetsTheMaximum() {
        pools.add(pool("ci/x", 5, 2));
        PoolPlan slice = only();
        assertThat(slice.creations()).hasSize(2);
        assertThat(slice.counts().desired()).isEqualTo(2);
    }

    @Test
    void minimaComeBeforeJobsOfAHigherPriority() {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(1), OptionalInt.empty(), "EUR"));
        pools.add(ScenarioPools.withShape(pool("ci/top", 0, 5), false, 1, Duration.ofMinutes(5), 900, 1));
        pools.add(ScenarioPools.plain("ci/warm", "ci/jenkins", Set.of("b"), 1, 5, SPOT));
        queue(3, 0);
        FleetPlan plan = plan();
        assertThat(plan.pools().get(0).creations()).isEmpty();
        assertThat(plan.pools().get(1).creations()).hasSize(1);
    }

    @Test
    void aWorkerForTheMinimumIsNotWantedAgainForItsJob() {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(0), OptionalInt.empty(), "EUR"));
        pools.add(pool("ci/x", 3, 9));
        queue(4, 0);
        assertThat(only().counts().desired()).isEqualTo(4);
    }

    @Test
    void sharesFollowTheWeightsOverManyWorkers() {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(70), OptionalInt.empty(), "EUR"));
        int[] weights = {1, 2, 4};
        for (int i = 0; i < 3; i++) {
            PoolView plain = ScenarioPools.plain("ci/p" + i, "ci/jenkins", Set.of("l" + i), 0, 100, SPOT);
            pools.add(ScenarioPools.withShape(plain, false, 1, plain.idleTimeout(), 100, weights[i]));
            for (int j = 0; j < 100; j++) {
                jobs.add(new QueuedJob("ci/jenkins", i + "-" + j, "job", ScenarioWorld.requirement("l" + i), NOW));
            }
        }
        assertThat(plan().pools()).extracting(slice -> slice.creations().size()).containsExactly(10, 20, 40);
    }

    @Test
    void whatOnePoolDoesNotNeedGoesToTheOthers() {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(10), OptionalInt.empty(), "EUR"));
        for (int i = 0; i < 3; i++) {
            pools.add(ScenarioPools.plain("ci/p" + i, "ci/jenkins", Set.of("l" + i), 0, 100, SPOT));
            for (int j = 0; j < (i == 0 ? 2 : 50); j++) {
                jobs.add(new QueuedJob("ci/jenkins", i + "-" + j, "job", ScenarioWorld.requirement("l" + i), NOW));
            }
        }
        assertThat(plan().pools()).extracting(slice -> slice.creations().size()).containsExactly(2, 4, 4);
    }

    /** Ageing lifts the lesser pool to the other's level, where it shares; it does not push the other out. */
    @ParameterizedTest
    @CsvSource({"8999, 4, 0", "9000, 2, 2", "90000, 2, 2"})
    void ageingEndsInSharing(int secondsAgo, int top, int low) {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(4), OptionalInt.empty(), "EUR"));
        PoolView lesser = ScenarioPools.plain("ci/low", "ci/jenkins", Set.of("a"), 0, 100, SPOT);
        PoolView greater = ScenarioPools.plain("ci/top", "ci/jenkins", Set.of("b"), 0, 100, SPOT);
        pools.add(ScenarioPools.withShape(lesser, false, 1, lesser.idleTimeout(), 100, 1));
        pools.add(ScenarioPools.withShape(greater, false, 1, greater.idleTimeout(), 200, 1));
        queue(9, secondsAgo);
        for (int j = 0; j < 9; j++) {
            jobs.add(new QueuedJob("ci/jenkins", "b" + j, "job", ScenarioWorld.requirement("b"), NOW));
        }
        assertThat(plan().pools()).extracting(slice -> slice.creations().size()).containsExactly(low, top);
    }

    @Test
    void aTrialOfWhatWasRefusedRunsOnceForAllPools() {
        memory = memory.with(
                new Blockage(new Blockage.WholeAccount("ci/azure"), NOW.plusSeconds(999), "quota"),
                NOW.minusSeconds(600));
        pools.add(ScenarioPools.plain("ci/x", "ci/jenkins", Set.of("a", "x"), 0, 5, SPOT));
        pools.add(ScenarioPools.plain("ci/y", "ci/jenkins", Set.of("a", "y"), 0, 5, SPOT));
        queue(4, 0);
        List<PoolPlan> slices = plan().pools();
        assertThat(slices.get(0).creations()).hasSize(1);
        assertThat(slices.get(0).creations().getFirst().why()).isInstanceOf(Purpose.Trial.class);
        assertThat(slices.get(1).creations()).isEmpty();
    }

    @Test
    void aTrialThatRunsIsNotRepeated() {
        memory = memory.with(
                new Blockage(new Blockage.WholeAccount("ci/azure"), NOW.plusSeconds(999), "quota"),
                NOW.minusSeconds(600));
        pools.add(pool("ci/x", 0, 5));
        worker("trial", "ci/x", Stage.REQUESTED, 5);
        queue(4, 0);
        assertThat(only().creations()).isEmpty();
    }

    @Test
    void nothingIsTriedAheadOfDemand() {
        memory = memory.with(
                new Blockage(new Blockage.WholeAccount("ci/azure"), NOW.plusSeconds(999), "quota"),
                NOW.minusSeconds(600));
        pools.add(ScenarioPools.withForesight(pool("ci/x", 0, 5), new Foresight(2, 2, "")));
        assertThat(only().creations()).isEmpty();
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
    void aMachineThatCostsNothingPassesEveryBudget() {
        Offering own = new Offering("hosts", "ci/hosts", "slot", "f", null, CapacityType.ON_DEMAND, 8, 0);
        pools.add(ScenarioPools.withLadder(
                ScenarioPools.withBudget(pool("ci/x", 0, 9), ScenarioPools.budget("EUR", 0.0, 0.0)),
                List.of(SPOT, own)));
        queue(2, 0);
        assertThat(only().creations()).extracting(PoolPlan.Creation::offering).containsExactly(own, own);
    }

    @Test
    void theCheaperOfferingUsedUpTheOtherPoolIsCheaperThen() {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(1), OptionalInt.empty(), "EUR"));
        accounts.add(new AccountView("ci/big", OptionalInt.empty(), OptionalInt.empty(), "EUR"));
        Offering fallBack = new Offering("od", "ci/big", "D8", "f", null, CapacityType.ON_DEMAND, 8, 0.9);
        Offering between = new Offering("od", "ci/big", "D8", "f", null, CapacityType.ON_DEMAND, 8, 0.5);
        pools.add(ScenarioPools.plain("ci/x", "ci/jenkins", Set.of("a", "x"), 0, 9, SPOT, fallBack));
        pools.add(ScenarioPools.plain("ci/y", "ci/jenkins", Set.of("a", "y"), 0, 9, between));
        queue(3, 0);
        List<PoolPlan> slices = plan().pools();
        assertThat(slices.get(0).creations())
                .extracting(PoolPlan.Creation::offering)
                .containsExactly(SPOT);
        assertThat(slices.get(1).creations())
                .extracting(PoolPlan.Creation::offering)
                .containsExactly(between, between);
    }

    @Test
    void pricesInDifferentCurrenciesAreNotCompared() {
        accounts.add(new AccountView("ci/azure", OptionalInt.empty(), OptionalInt.empty(), "EUR"));
        accounts.add(new AccountView("ci/us", OptionalInt.empty(), OptionalInt.empty(), "USD"));
        Offering cheapLooking = new Offering("od", "ci/us", "D8", "f", null, CapacityType.ON_DEMAND, 8, 0.01);
        pools.add(ScenarioPools.plain("ci/x", "ci/jenkins", Set.of("a", "x"), 0, 9, DEAR));
        pools.add(ScenarioPools.plain("ci/y", "ci/jenkins", Set.of("a", "y"), 0, 9, cheapLooking));
        queue(1, 0);
        assertThat(plan().pools().getFirst().creations()).hasSize(1);
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

    @Test
    void anOutdatedIdleWorkerIsNoPlaceForAJob() {
        pools.add(ScenarioPools.withTemplate(pool("ci/x", 0, 9), "t2"));
        worker("old", "ci/x", Stage.IDLE, 10);
        queue(1, 0);
        PoolPlan slice = only();
        assertThat(slice.creations()).hasSize(1);
        assertThat(slice.removals()).extracting(Removal::worker).containsExactly("old");
    }
}
