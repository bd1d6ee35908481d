package dev.shedmaster.kube.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeldAnswerTest {
    private Instant now = Instant.parse("2026-11-24T09:00:00Z");
    private Outcome<String> said = Outcome.done("good");
    private final AtomicInteger asked = new AtomicInteger();
    private final HeldAnswer<String> answer = new HeldAnswer<>(
            () -> {
                asked.incrementAndGet();
                return said;
            },
            "good"::equals,
            Duration.ofMinutes(4),
            () -> now);

    @Test
    void aGoodAnswerHoldsForItsTime() {
        assertThat(answer.get()).isEqualTo(said);
        now = now.plus(Duration.ofMinutes(4)).minusMillis(1);
        assertThat(answer.get()).isEqualTo(said);
        assertThat(asked).hasValue(1);

        now = now.plusMillis(1);
        answer.get();
        assertThat(asked).hasValue(2);
    }

    @Test
    void doubtEndsAnAnswerThatIsNotYoung() {
        assertThat(answer.forgetIfOlder(Duration.ZERO)).as("there is none").isFalse();
        answer.get();
        now = now.plusSeconds(9);
        assertThat(answer.forgetIfOlder(Duration.ofSeconds(10))).isFalse();
        answer.get();
        assertThat(asked).hasValue(1);

        now = now.plusSeconds(1);
        assertThat(answer.forgetIfOlder(Duration.ofSeconds(10))).isTrue();
        answer.get();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aBadAnswerIsAskedForAnewAndEndsAGoodOne() {
        answer.get();
        answer.forget();
        said = Outcome.failed(new PortError.Transient("no answer"));
        assertThat(answer.get()).isEqualTo(said);
        said = Outcome.done("not good enough");
        assertThat(answer.get()).isEqualTo(said);
        said = Outcome.done("good");
        assertThat(answer.get()).isEqualTo(said);
        assertThat(asked).hasValue(4);
    }
}
