package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets the next worker, what it is made of, and what keeps it from being made. */
class SharingTest extends FleetFixture {
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

    @ParameterizedTest
    @CsvSource({"1, 2, true", "1, 3, false", "10, 11, true", "10, 12, false", "100, 110, true", "100, 111, false"})
    void nothingIsMadeWhileAccountsShowMoreMachinesThanThePoolMayHave(int max, int machines, boolean goesOn) {
        pools.add(ScenarioPools.withMachines(pool("ci/x", 0, max), machines));
        queue(1, 0);
        PoolPlan slice = only();
        assertThat(slice.creations()).hasSize(goesOn ? 1 : 0);
        assertThat(codes(slice)).contains(goesOn ? "Sizing" : "MachinesBeyondMaximum");
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

    @Test
    void workersOfAPoolThatIsGoneStillFillTheirAccount() {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(2), OptionalInt.empty(), "EUR"));
        pools.add(pool("ci/x", 0, 10));
        worker("stray", "ci/gone", Stage.BUSY, 100);
        queue(3, 0);
        assertThat(only().creations()).hasSize(1);
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
            pools.add(ScenarioPools.withShape(plain, false, 1, plain.size().idleTimeout(), 100, weights[i]));
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
        pools.add(ScenarioPools.withShape(lesser, false, 1, lesser.size().idleTimeout(), 100, 1));
        pools.add(ScenarioPools.withShape(greater, false, 1, greater.size().idleTimeout(), 200, 1));
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

    @ParameterizedTest
    @CsvSource({"green, 1", "blue, 0", ", 0"})
    void aMachineInAnotherNetworkIsNoTrialOfThisOne(@Nullable String network, int tried) {
        memory = memory.with(
                new Blockage(new Blockage.WholeNetwork("ci/azure", "blue"), NOW.plusSeconds(999), "full"),
                NOW.minusSeconds(600));
        pools.add(ScenarioPools.plain("ci/x", "ci/jenkins", Set.of("a"), 0, 5, SPOT.in("blue")));
        pools.add(serving("b", pool("ci/y", 0, 5)));
        workers.add(new WorkerView(
                "coming",
                "ci/y",
                Stage.STARTING,
                SPOT.in(network),
                1,
                0,
                NOW.minusSeconds(5),
                NOW.minusSeconds(5),
                0,
                "t1",
                null,
                null));
        queue(1, 0);
        assertThat(plan().pools().getFirst().creations()).hasSize(tried);
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
    void aSoftBudgetDoesNotCountWhatHasNoPrice() {
        Offering unpriced = new Offering("new", "ci/new", "D8v9", "f", null, CapacityType.ON_DEMAND, 8, 0);
        Budget soft = new Budget("EUR", OptionalDouble.of(0), OptionalDouble.empty());
        pools.add(
                ScenarioPools.withLadder(ScenarioPools.withBudget(pool("ci/x", 0, 9), soft), List.of(unpriced, SPOT)));
        queue(2, 0);
        assertThat(only().creations()).extracting(PoolPlan.Creation::offering).containsExactly(unpriced, unpriced);
    }

    @Test
    void whereTheNewerOfTwoRefusalsEndsFirstTheTrialIsNotMissed() {
        memory = memory.with(
                        new Blockage(
                                new Blockage.SizeAt("ci/azure", "D8", null, CapacityType.SPOT),
                                NOW.plusSeconds(2400),
                                "size"),
                        NOW.minusSeconds(800))
                .with(
                        new Blockage(new Blockage.WholeAccount("ci/azure"), NOW.plusSeconds(270), "subnet"),
                        NOW.minusSeconds(150));
        pools.add(ScenarioPools.withLadder(pool("ci/x", 0, 9), List.of(SPOT)));
        queue(1, 0);
        read = NOW.plusSeconds(300);

        FleetPlan waiting = plan();

        assertThat(waiting.pools().getFirst().creations()).isEmpty();
        assertThat(waiting.nextLook()).isEqualTo(NOW.plusSeconds(270));
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
}
