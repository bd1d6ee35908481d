package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Unlabelled;
import java.time.Instant;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Moves between pools, small enough to be followed by hand. That it is exact, the properties show. */
class SlotAssignmentTest {

    static DemandClass demand(int jobs, BitSet servedBy) {
        QueuedJob job = new QueuedJob("ci/one", "1", "job", new Unlabelled(), Instant.EPOCH);
        DemandClass demand = new DemandClass(job, servedBy);
        for (int i = 0; i < jobs; i++) {
            demand.add(job);
        }
        return demand;
    }

    private static SlotAssignment slots(int pools, DemandClass... classes) {
        return new SlotAssignment(classes, pools);
    }

    private static DemandClass demand(int jobs, long pools) {
        return demand(jobs, BitSet.valueOf(new long[] {pools}));
    }

    @Test
    void aPoolGivesNoMoreThanItHasAndTakesNoMoreThanWaits() {
        SlotAssignment slots = slots(2, demand(3, 0b01), demand(4, 0b11));
        slots.fill(0, 5);
        assertThat(slots.used(0)).isEqualTo(5);
        assertThat(slots.taken(0, 0)).isEqualTo(3);
        assertThat(slots.taken(1, 0)).isEqualTo(2);
        slots.fill(1, 9);
        assertThat(slots.used(1)).isEqualTo(2);
        assertThat(slots.unmet(1)).isZero();
    }

    @Test
    void asManyAreMovedAsTheNarrowestLinkAllows() {
        SlotAssignment slots = slots(2, demand(5, 0b01), demand(5, 0b11));
        slots.fill(0, 2);
        slots.trim(0, 0);
        assertThat(slots.unmet(0)).isEqualTo(5);
        // The flexible class alone holds pool 0: it was there first.
        SlotAssignment late = slots(2, demand(4, 0b11), demand(5, 0b01));
        late.fill(0, 3);
        assertThat(late.taken(0, 0)).isEqualTo(3);
        late.fill(1, 6);
        assertThat(late.used(1)).isEqualTo(4);
        assertThat(late.taken(0, 1)).isEqualTo(4);
        assertThat(late.taken(1, 0)).isEqualTo(3);
        assertThat(late.unmet(0)).isZero();
        assertThat(late.unmet(1)).isEqualTo(2);
    }

    @Test
    void whatIsTrimmedCanBeFilledAgain() {
        SlotAssignment slots = slots(2, demand(2, 0b01), demand(2, 0b11));
        slots.fill(0, 4);
        slots.trim(0, 1);
        assertThat(slots.taken(0, 0)).isEqualTo(1);
        assertThat(slots.unmet(0)).isEqualTo(1);
        assertThat(slots.unmet(1)).isEqualTo(2);
        slots.fill(1, 1);
        slots.fill(0, 3);
        assertThat(slots.used(0)).isEqualTo(3);
        assertThat(slots.unmet(0) + slots.unmet(1)).isZero();
    }

    @Test
    void aChainOfThreeIsMoved() {
        BitSet[] sets = {
            BitSet.valueOf(new long[] {0b0011}),
            BitSet.valueOf(new long[] {0b0110}),
            BitSet.valueOf(new long[] {0b1100}),
            BitSet.valueOf(new long[] {0b0001})
        };
        DemandClass[] classes = new DemandClass[4];
        for (int c = 0; c < 4; c++) {
            classes[c] = demand(1, sets[c]);
        }
        SlotAssignment slots = new SlotAssignment(classes, 4);
        for (int p = 0; p < 4; p++) {
            slots.fill(p, 1);
        }
        for (int c = 0; c < 4; c++) {
            assertThat(slots.unmet(c)).isZero();
        }
        assertThat(slots.taken(3, 0)).isEqualTo(1);
        assertThat(slots.taken(2, 3)).isEqualTo(1);
    }

    @Test
    void whoIsLeastFlexibleKeepsWhatIsTrimmed() {
        BitSet one = BitSet.valueOf(new long[] {0b01});
        BitSet both = BitSet.valueOf(new long[] {0b11});
        SlotAssignment slots = new SlotAssignment(new DemandClass[] {demand(2, one), demand(2, both)}, 2);
        slots.fill(0, 4);
        slots.trim(0, 2);
        assertThat(slots.taken(0, 0)).isEqualTo(2);
        assertThat(slots.taken(1, 0)).isZero();
        assertThat(slots.unmet(1)).isEqualTo(2);
    }
}
