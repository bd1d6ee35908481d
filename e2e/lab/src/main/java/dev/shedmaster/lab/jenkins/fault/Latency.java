package dev.shedmaster.lab.jenkins.fault;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long answers take. */
public sealed interface Latency {

    /** Anything between two bounds. */
    record Uniform(Duration least, Duration most) implements Latency {
        public Uniform {
            if (least.isNegative() || most.compareTo(least) < 0) {
                throw new IllegalArgumentException("latency: expected 0 <= minMs <= maxMs");
            }
        }
    }

    /** Lognormal: half the answers are faster than the median, few take many times as long. */
    record Lognormal(Duration median, double sigma) implements Latency {
        public Lognormal {
            if (median.isNegative() || sigma < 0 || sigma > 3) {
                throw new IllegalArgumentException("latency: expected medianMs >= 0 and 0 <= sigma <= 3");
            }
        }
    }

    /** Draws one. */
    default Duration draw(RandomGenerator random) {
        return switch (this) {
            case Uniform(Duration least, Duration most) ->
                least.plusMillis(random.nextLong(most.minus(least).toMillis() + 1));
            case Lognormal(Duration median, double sigma) ->
                Duration.ofMillis(Math.round(median.toMillis() * Math.exp(sigma * random.nextGaussian())));
        };
    }
}
