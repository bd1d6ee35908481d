package dev.shedmaster.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfferingMemoryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
    private static final Offering SPOT =
            new Offering("spot", "ci/azure", "D8", "family", "1", CapacityType.SPOT, 8, 0.1);
    private static final Offering ON_DEMAND =
            new Offering("on-demand", "ci/azure", "D8", "family", null, CapacityType.ON_DEMAND, 8, 0.5);
    private static final Blockage.Scope ALL_SPOT = new Blockage.WholeType("ci/azure", CapacityType.SPOT);
    private static final Blockage.Scope ALL = new Blockage.WholeAccount("ci/azure");

    @Test
    void knowsNothingAtFirst() {
        assertThat(OfferingMemory.EMPTY.blocking(SPOT, "t1", NOW)).isEmpty();
    }

    @Test
    void blocksWhatARefusalCoversUntilItsTime() {
        Blockage blockage = blockage(ALL_SPOT, 300, "SkuNotAvailable");
        OfferingMemory memory = OfferingMemory.EMPTY.with(blockage, NOW);

        assertThat(memory.blocking(SPOT, "t1", NOW.plusSeconds(299))).contains(blockage);
        assertThat(memory.blocking(SPOT, "t1", NOW.plusSeconds(300))).isEmpty();
        assertThat(memory.blocking(ON_DEMAND, "t1", NOW)).isEmpty();
    }

    @Test
    void theNewestWordOnAScopeCounts() {
        Blockage newest = blockage(ALL_SPOT, 60, "again");
        OfferingMemory memory =
                OfferingMemory.EMPTY.with(blockage(ALL_SPOT, 300, "first"), NOW).with(newest, NOW);

        assertThat(memory.blockages()).containsExactly(newest);
    }

    @Test
    void namesTheBlockageThatHoldsLongest() {
        Blockage longer = blockage(ALL, 600, "quota");
        Blockage shorter = blockage(ALL_SPOT, 300, "capacity");

        assertThat(OfferingMemory.EMPTY.with(longer, NOW).with(shorter, NOW).blocking(SPOT, "t1", NOW))
                .contains(longer);
        assertThat(OfferingMemory.EMPTY.with(shorter, NOW).with(longer, NOW).blocking(SPOT, "t1", NOW))
                .contains(longer);
    }

    @Test
    void forgetsWhatHasPassedWhenItLearns() {
        Blockage later = blockage(ALL, 600, "quota");
        OfferingMemory memory = OfferingMemory.EMPTY
                .with(blockage(ALL_SPOT, 300, "capacity"), NOW)
                .with(later, NOW.plusSeconds(300));

        assertThat(memory.blockages()).containsExactly(later);
    }

    @Test
    void aMachineThatWasHadRefutesWhatCoversIt() {
        Blockage spot = blockage(ALL_SPOT, 300, "capacity");
        OfferingMemory memory = OfferingMemory.EMPTY.with(spot, NOW).with(blockage(ALL, 600, "quota"), NOW);

        assertThat(memory.cleared(ON_DEMAND, NOW.plusSeconds(1)).blockages()).containsExactly(spot);
        assertThat(memory.cleared(SPOT, NOW.plusSeconds(1)).blockages()).isEmpty();
        assertThat(memory.cleared(SPOT, NOW).blockages())
                .as("had before it was refused")
                .hasSize(2);
    }

    @Test
    void knowsWhenAnOfferingWasLastRefused() {
        OfferingMemory memory = OfferingMemory.EMPTY
                .with(blockage(ALL, 600, "quota"), NOW)
                .with(blockage(ALL_SPOT, 300, "capacity"), NOW.plusSeconds(10));

        assertThat(memory.lastRefusal(SPOT, "t1", NOW.plusSeconds(20))).contains(NOW.plusSeconds(10));
        assertThat(memory.lastRefusal(ON_DEMAND, "t1", NOW.plusSeconds(20))).contains(NOW);
        assertThat(memory.lastRefusal(SPOT, "t1", NOW.plusSeconds(300))).contains(NOW);
        assertThat(memory.lastRefusal(SPOT, "t1", NOW.plusSeconds(600))).isEmpty();
        assertThat(new OfferingMemory(List.of(blockage(ALL, 600, "quota"))).lastRefusal(SPOT, "t1", NOW))
                .contains(Instant.EPOCH);
    }

    @Test
    void readsAsAPersonWouldSayIt() {
        assertThat(SPOT.describe()).isEqualTo("D8 zone 1 Spot (spot)");
        assertThat(ON_DEMAND.describe()).isEqualTo("D8 OnDemand (on-demand)");
        assertThat(SPOT.at(0.2).hourlyPrice()).isEqualTo(0.2);
    }

    private static Blockage blockage(Blockage.Scope scope, int seconds, String why) {
        return new Blockage(scope, NOW.plusSeconds(seconds), why);
    }
}
