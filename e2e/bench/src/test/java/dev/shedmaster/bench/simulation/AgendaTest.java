package dev.shedmaster.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final Instant START = Instant.EPOCH;

    private final Agenda agenda = new Agenda(START);
    private final List<String> done = new ArrayList<>();

    @Test
    void doesTheEarliestFirstAndAmongEqualsWhatWasNotedFirst() {
        agenda.at(START.plusSeconds(2), () -> done.add("late"));
        agenda.at(START.plusSeconds(1), () -> done.add("first"));
        agenda.at(START.plusSeconds(1), () -> {
            done.add("second");
            agenda.at(agenda.now(), () -> done.add("third"));
        });
        while (agenda.step(START.plusSeconds(9))) {
            assertThat(agenda.now()).isBefore(START.plusSeconds(3));
        }
        assertThat(done).containsExactly("first", "second", "third", "late");
        assertThat(agenda.now()).isEqualTo(START.plusSeconds(9));
    }

    @Test
    void doesNothingBeyondTheEnd() {
        agenda.at(START.plusSeconds(2), () -> done.add("late"));
        assertThat(agenda.step(START.plusSeconds(1))).isFalse();
        assertThat(done).isEmpty();
    }

    @Test
    void refusesThePast() {
        agenda.at(START.plusSeconds(2), () -> done.add("now"));
        assertThat(agenda.step(START.plusSeconds(3))).isTrue();
        assertThatThrownBy(() -> agenda.at(START.plusSeconds(1), () -> done.add("before")))
                .hasMessageContaining("has passed");
    }
}
