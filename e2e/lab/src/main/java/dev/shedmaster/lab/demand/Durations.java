package dev.shedmaster.lab.demand;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long the stages take: lognormal, with medians in hours. All but the SDK's are assumptions. */
final class Durations {
    private static final double RERUN = 0.3;

    private final RandomGenerator random;
    private final double speed;

    Durations(RandomGenerator random, double speed) {
        this.random = random;
        this.speed = speed;
    }

    Duration lognormal(double medianHours, double sigma) {
        return hours(draw(medianHours, sigma));
    }

    /** A test in virtual machines; some have a second round with what failed. */
    Duration kola(double medianHours, double sigma) {
        double first = draw(medianHours, sigma);
        double rerun = random.nextDouble() < RERUN ? draw(medianHours, sigma) / 2 : 0;
        return hours(first + rerun);
    }

    /** A test in a cloud, which is cut off after its limit. */
    Duration cloud(double limitHours) {
        return hours(Math.min(draw(1.5, 0.7), limitHours));
    }

    private double draw(double medianHours, double sigma) {
        return medianHours * Math.exp(sigma * random.nextGaussian());
    }

    private Duration hours(double hours) {
        return Duration.ofMillis(Math.max(1, Math.round(hours * 3_600_000 / speed)));
    }
}
