package dev.shedmaster.lab.time;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/** How long something takes: a distribution from which each case draws its own time. */
public sealed interface Latency {

    /** The next case's time; empty when it never ends. */
    Optional<Duration> draw(SplittableRandom random);

    static Latency fixed(Duration duration) {
        return new Fixed(duration);
    }

    static Latency none() {
        return new Fixed(Duration.ZERO);
    }

    static Latency uniform(Duration from, Duration to) {
        return new Uniform(from, to);
    }

    static Latency lognormal(Duration median, double sigma) {
        return new Lognormal(median, sigma);
    }

    static Latency stuck() {
        return new Stuck();
    }

    /** Always the same. */
    record Fixed(Duration duration) implements Latency {
        @Override
        public Optional<Duration> draw(SplittableRandom random) {
            return Optional.of(duration);
        }
    }

    /** Anything between two bounds, all alike. */
    record Uniform(Duration from, Duration to) implements Latency {
        public Uniform {
            if (to.compareTo(from) < 0) {
                throw new IllegalArgumentException("A uniform latency from " + from + " cannot end at " + to);
            }
        }

        @Override
        public Optional<Duration> draw(SplittableRandom random) {
            long span = to.toNanos() - from.toNanos();
            return Optional.of(from.plusNanos(span == 0 ? 0 : random.nextLong(span + 1)));
        }
    }

    /** Mostly near the median, with a long tail: what boot times look like. {@code sigma} is that of the logarithm. */
    record Lognormal(Duration median, double sigma) implements Latency {
        @Override
        public Optional<Duration> draw(SplittableRandom random) {
            double factor = Math.exp(sigma * random.nextGaussian());
            return Optional.of(Duration.ofNanos((long) (median.toNanos() * factor)));
        }
    }

    /** Never ends. */
    record Stuck() implements Latency {
        @Override
        public Optional<Duration> draw(SplittableRandom random) {
            return Optional.empty();
        }
    }
}
