package dev.shedmaster.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OfferingMemoryTimesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final Offering D8 = new Offering("spot", "ci/azure", "D8", "f", null, CapacityType.SPOT, 8, 0.1);

    private static Blockage blockage(Blockage.Scope scope, int seconds) {
        return new Blockage(scope, NOW.plusSeconds(seconds), "none left");
    }

    @Test
    void theLatestOfAllRefusalsThatStillCountIsTheLastOne() {
        OfferingMemory memory = OfferingMemory.EMPTY
                .with(blockage(new Blockage.WholeAccount("ci/azure"), 500), NOW.minusSeconds(100))
                .with(blockage(new Blockage.WholeType("ci/azure", CapacityType.SPOT), 400), NOW.minusSeconds(50));
        assertThat(memory.lastRefusal(D8, "t1", NOW)).contains(NOW.minusSeconds(50));
        assertThat(memory.lastRefusal(D8, "t1", NOW.plusSeconds(450))).contains(NOW.minusSeconds(100));
        assertThat(memory.lastRefusal(D8, "t1", NOW.plusSeconds(500))).isEmpty();
    }

    @Test
    void learningTheSameAgainMakesItTheLastRefusal() {
        Blockage.Scope scope = new Blockage.WholeAccount("ci/azure");
        OfferingMemory memory = OfferingMemory.EMPTY
                .with(blockage(scope, 500), NOW.minusSeconds(100))
                .with(blockage(scope, 900), NOW);
        assertThat(memory.blockages()).hasSize(1);
        assertThat(memory.lastRefusal(D8, "t1", NOW)).contains(NOW);
    }

    @Test
    void aRefusalOfUnknownTimeWasLongAgo() {
        OfferingMemory memory = new OfferingMemory(List.of(blockage(new Blockage.WholeAccount("ci/azure"), 500)));
        assertThat(memory.lastRefusal(D8, "t1", NOW)).contains(Instant.EPOCH);
    }

    @Test
    void whatBlocksAnOfferingFirstEndsWhenTheFirstOfAllThatStillCountDoes() {
        OfferingMemory memory = OfferingMemory.EMPTY
                .with(blockage(new Blockage.WholeAccount("ci/azure"), 500), NOW)
                .with(blockage(new Blockage.WholeType("ci/azure", CapacityType.SPOT), 400), NOW)
                .with(blockage(new Blockage.WholeAccount("ci/other"), 300), NOW)
                .with(blockage(new Blockage.WholeType("ci/azure", CapacityType.ON_DEMAND), 200), NOW);
        assertThat(memory.firstEnd(D8, "t1", NOW)).contains(NOW.plusSeconds(400));
        assertThat(memory.firstEnd(D8, "t1", NOW.plusSeconds(400))).contains(NOW.plusSeconds(500));
        assertThat(memory.firstEnd(D8, "t1", NOW.plusSeconds(500))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aMachineThatIsHadEndsWhatClosedItsAccountUnlessThatIsBeingDeleted(Blockage.Closure closure) {
        OfferingMemory memory =
                OfferingMemory.EMPTY.with(blockage(new Blockage.ClosedAccount("ci/azure", closure), 500), NOW);
        assertThat(memory.cleared(D8, NOW.plusSeconds(1)).blockages())
                .hasSize(closure == Blockage.Closure.LEAVES ? 1 : 0);
    }

    @Test
    void aReadingEndsWhatSaysThatNothingCanBeReadOrOrderedAndNothingElse() {
        assertThat(Stream.of(Blockage.Closure.values()).filter(Blockage.Closure::isOverOnceRead))
                .containsExactly(Blockage.Closure.UNREADABLE, Blockage.Closure.REFUSES_ORDERS);
    }

    @Test
    void anOrderThatWasFoundUnfitBeforeTheOfferingWasHadIsForgotten() {
        OfferingMemory memory = OfferingMemory.EMPTY.with(blockage(new Blockage.UnfitOrder("t1", D8), 500), NOW);
        assertThat(memory.cleared(D8, NOW)).isEqualTo(memory);
        assertThat(memory.cleared(D8, NOW.plusSeconds(1)).blockages()).isEmpty();
    }
}
