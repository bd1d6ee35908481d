package dev.shedmaster.machine.robot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RequestWindowTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private record Call(Instant at, String about) {}

    /** Whenever Robot begins to count, it never counts more than it allows. */
    @Property
    void inNoHourThereAreMoreThanAllowed(
            @ForAll @IntRange(min = 1, max = 9) int limit,
            @ForAll @IntRange(min = 1, max = 9) int limitForOne,
            @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 1_800) Integer> pauses) {
        RequestWindow window = new RequestWindow(limit, limitForOne);
        List<Call> made = new ArrayList<>();
        Instant now = START;
        for (int pause : pauses) {
            now = now.plusSeconds(pause);
            String about = "reset/" + pause % 3;
            Instant ready = window.readyAt(about, now);
            if (!ready.isAfter(now)) {
                window.take(about, now);
                made.add(new Call(now, about));
            } else {
                assertThat(window.readyAt(about, ready))
                        .as("who comes as told is let in")
                        .isEqualTo(ready);
                assertThat(ready).isBeforeOrEqualTo(now.plus(RequestWindow.LENGTH));
                now = ready;
            }
        }
        for (Call first : made) {
            List<Call> hour = made.stream()
                    .filter(call -> !call.at().isBefore(first.at())
                            && call.at().isBefore(first.at().plus(RequestWindow.LENGTH)))
                    .toList();
            assertThat(hour).hasSizeLessThanOrEqualTo(limit);
            assertThat(hour.stream().filter(call -> call.about().equals(first.about())))
                    .hasSizeLessThanOrEqualTo(limitForOne);
        }
    }

    @Test
    void callsComeBackOneByOneAsTheirHourEnds() {
        RequestWindow window = new RequestWindow(2, 2);
        window.take("a", START);
        window.take("a", START.plusSeconds(60));
        assertThat(window.left(START.plusSeconds(60))).isZero();
        assertThat(window.readyAt("b", START.plusSeconds(60))).isEqualTo(START.plus(RequestWindow.LENGTH));
        assertThat(window.left(START.plus(RequestWindow.LENGTH))).isEqualTo(1);
        assertThat(window.left(START.plus(RequestWindow.LENGTH).plusSeconds(60)))
                .isEqualTo(2);
    }

    @Test
    void aLaterRefusalDoesNotShortenAnEarlierOne() {
        RequestWindow window = new RequestWindow(2, 2);
        window.freeze(Duration.ofMinutes(30), START);
        window.freeze(Duration.ofMinutes(5), START);
        assertThat(window.frozenUntil(START)).isEqualTo(START.plus(Duration.ofMinutes(30)));
        assertThat(window.left(START)).isZero();
        assertThat(window.frozenUntil(START.plus(Duration.ofMinutes(30)))).isNull();
        assertThat(window.left(START.plus(Duration.ofMinutes(30)))).isEqualTo(2);
    }
}
