package dev.shedmaster.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Instant NOW = Instant.EPOCH;

    private static Instant at(double seconds) {
        return NOW.plusMillis(Math.round(seconds * 1000));
    }

    @Test
    void givesABurstAndThenOneAfterTheOther() {
        TokenBucket bucket = new TokenBucket(3, 2);
        assertThat(Stream.generate(() -> bucket.take(NOW)).limit(6))
                .containsExactly(NOW, NOW, NOW, at(0.5), at(1), at(1.5));
    }

    @Test
    void isFullAgainAfterAPause() {
        TokenBucket bucket = new TokenBucket(3, 2);
        Stream.generate(() -> bucket.take(NOW))
                .limit(3)
                .forEach(taken -> assertThat(taken).isEqualTo(NOW));
        Instant halfFull = at(1);
        assertThat(Stream.generate(() -> bucket.take(halfFull)).limit(3)).containsExactly(at(1), at(1), at(1.5));
        Instant full = at(100);
        assertThat(Stream.generate(() -> bucket.take(full)).limit(4)).containsExactly(full, full, full, at(100.5));
    }

    @Test
    void refusesWhatIsNoRate() {
        assertThatThrownBy(() -> new TokenBucket(0, 1)).hasMessageContaining("burst");
        assertThatThrownBy(() -> new TokenBucket(1, 0)).hasMessageContaining("perSecond");
        assertThat(new TokenBucket(1, 4).take(NOW).plus(Duration.ofMillis(250))).isEqualTo(at(0.25));
    }
}
