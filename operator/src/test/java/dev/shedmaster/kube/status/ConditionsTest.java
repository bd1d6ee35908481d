package dev.shedmaster.kube.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void keepTheTimeOfTheirLastChange() {
        List<Condition> before = new Conditions(List.of(), 1, NINE)
                .holds("Ready", "Ready", "it is")
                .list();

        List<Condition> after = new Conditions(before, 2, TEN)
                .holds("Ready", "StillReady", "it still is")
                .list();

        assertThat(after)
                .containsExactly(new Condition("Ready", ConditionStatus.TRUE, "StillReady", "it still is", NINE, 2L));
    }

    @Test
    void takeTheTimeOfAChange() {
        List<Condition> before = new Conditions(List.of(), 1, NINE)
                .holds("Ready", "Ready", "it is")
                .list();

        List<Condition> after = new Conditions(before, 1, TEN)
                .fails("Ready", "Broken", "it is not")
                .list();

        assertThat(after.getFirst().lastTransitionTime()).isEqualTo(TEN);
    }

    @Test
    void areInTheOrderOfTheirTypes() {
        assertThat(new Conditions(List.of(), 1, NINE)
                        .unknown("Scaling", "NotPlannedYet", "")
                        .holds("Ready", "Ready", "")
                        .list())
                .extracting(Condition::type)
                .containsExactly("Ready", "Scaling");
    }
}
