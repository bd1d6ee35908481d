package dev.shedmaster.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
    private static final Offering SMALL = offering("D4", 4);
    private static final Offering MEDIUM = offering("D8", 8);
    private static final Offering LARGE = offering("D16", 16);

    @Test
    void onlyAClearRefusalLeavesNothing() {
        Blockage blockage = new Blockage(new Blockage.WholeAccount("ci/azure"), NOW, "quota");

        assertThat(new Refusal.NoCapacity(blockage, "quota").leavesNothing()).isTrue();
        assertThat(new Refusal.Invalid("image", "none").leavesNothing()).isTrue();
        assertThat(new Refusal.Throttled(Duration.ofSeconds(1), "429").leavesNothing())
                .isFalse();
        assertThat(new Refusal.HeldBack(Duration.ofSeconds(1), "others first").leavesNothing())
                .isFalse();
        assertThat(new Refusal.Unauthorized("401").leavesNothing()).isFalse();
        assertThat(new Refusal.Unsure("timeout").leavesNothing()).isFalse();
    }

    @Test
    void aRefusalThatIsAboutTheWholeAccountSaysSo() {
        assertThat(new Refusal.Unauthorized("401").blockage(SMALL, "t1", NOW))
                .contains(new Blockage(
                        new Blockage.ClosedAccount("ci/azure", Blockage.Closure.REFUSES_ORDERS),
                        NOW.plus(Refusal.PASSED_OVER),
                        "401"));
        assertThat(new Refusal.Throttled(Refusal.LONG, "429").blockage(SMALL, "t1", NOW))
                .contains(new Blockage(
                        new Blockage.ClosedAccount("ci/azure", Blockage.Closure.WANTS_REST),
                        NOW.plus(Refusal.LONG),
                        "429"));
        assertThat(new Refusal.Throttled(Refusal.LONG.minusSeconds(1), "429").blockage(SMALL, "t1", NOW))
                .isEmpty();
        assertThat(new Refusal.HeldBack(Refusal.LONG, "others first").blockage(SMALL, "t1", NOW))
                .isEmpty();
    }

    @Test
    void anOrderThatIsWrongIsWrongForItsTemplateAlone() {
        Blockage wrong = new Refusal.Invalid("vmSizes", "not as Spot")
                .blockage(SMALL, "t1", NOW)
                .orElseThrow();
        assertThat(wrong.until()).isEqualTo(NOW.plus(Refusal.UNFIT_FOR));
        assertThat(wrong.why()).isEqualTo("vmSizes: not as Spot");
        assertThat(wrong.scope().covers(SMALL.at(7), "t1")).isTrue();
        assertThat(wrong.scope().covers(SMALL, "t2")).isFalse();
        assertThat(wrong.scope().covers(MEDIUM, "t1")).isFalse();
        assertThat(new Refusal.Invalid("vmSizes", "vmSizes: not as Spot")
                        .blockage(SMALL, "t1", NOW)
                        .orElseThrow()
                        .why())
                .isEqualTo("vmSizes: not as Spot");
    }

    @Test
    void onlyAnUnsureAnswerMayHideAnEffect() {
        assertThat(new Refusal.Unauthorized("401").isWithoutEffect()).isTrue();
        assertThat(new Refusal.Throttled(Refusal.LONG, "429").isWithoutEffect()).isTrue();
        assertThat(new Refusal.HeldBack(Refusal.LONG, "others first").isWithoutEffect())
                .isTrue();
        assertThat(new Refusal.Unsure("timeout").isWithoutEffect()).isFalse();
    }

    /** A ladder that does not know of the refusal yet must not make the worker turn in circles. */
    @Test
    void asksNeitherForWhatWasRefusedNorForWhatTheRefusalCovers() {
        Blockage.Scope large = new Blockage.FamilyFrom("ci/azure", "family", CapacityType.SPOT, 16);

        assertThat(asksNext(MEDIUM, large)).containsExactly(new WorkerEffect.AskForMachine(SMALL));
        assertThat(asksNext(SMALL, new Blockage.FamilyFrom("ci/azure", "family", CapacityType.SPOT, 4)))
                .containsExactly(
                        new WorkerEffect.RemoveAgent(), new WorkerEffect.Retire("no machine could be had: out"));
    }

    /** A refusal that comes too late is the last. */
    @Test
    void asksForNothingMoreOnceItsTimeIsOver() {
        WorkerLife life = WorkerLife.requested(MEDIUM, NOW.minus(WorkerRules.DEFAULT.createTimeout()));

        assertThat(answered(life, new Blockage.WholeType("ci/other", CapacityType.SPOT))
                        .passed())
                .first()
                .isEqualTo(new WorkerState.Failed(FailureKind.NO_CAPACITY, "out"));
    }

    private static List<WorkerEffect> asksNext(Offering refused, Blockage.Scope scope) {
        return answered(WorkerLife.requested(refused, NOW), scope).effects();
    }

    private static Transition answered(WorkerLife life, Blockage.Scope scope) {
        Refusal refusal = new Refusal.NoCapacity(new Blockage(scope, NOW.plusSeconds(300), "out"), "out");
        WorkerSight seen = new WorkerSight(
                new MachineSight.Unlisted(),
                new AgentSight.Unknown(new Silence("ci/jenkins", null)),
                Instant.EPOCH,
                null,
                List.of(LARGE, MEDIUM, SMALL),
                null,
                null,
                Held.NOT);
        return WorkerLifecycle.answered(life, new WorkerAnswer.MachineRefused(refusal), seen, WorkerRules.DEFAULT, NOW);
    }

    private static Offering offering(String size, int vcpus) {
        return new Offering("spot", "ci/azure", size, "family", null, CapacityType.SPOT, vcpus, 0.1);
    }
}
