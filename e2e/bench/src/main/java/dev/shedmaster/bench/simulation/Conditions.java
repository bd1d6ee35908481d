package dev.shedmaster.bench.simulation;

import dev.shedmaster.lab.azure.estate.Timings;
import dev.shedmaster.lab.time.Latency;
import dev.shedmaster.machine.azure.RequestBucket;
import dev.shedmaster.machine.azure.RequestRates;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * What is the same for all rules of a comparison.
 *
 * @param seed all chance hangs on it
 * @param boot the steps from the provider's taking of the call until the agent is connected, one after the other
 * @param burst how many machines the provider gives at once after a pause
 * @param perSecond and how many a second after that
 */
public record Conditions(long seed, List<Latency> boot, int burst, double perSecond) {
    public Conditions {
        boot = List.copyOf(boot);
    }

    /** An Azure subscription: the lab's times of a machine, some seconds for its agent, and the documented rate limit. */
    public static Conditions azure(long seed) {
        Timings timings = Timings.realistic();
        RequestRates.Rate writes =
                Objects.requireNonNull(RequestRates.PUBLISHED.rates().get(RequestBucket.ARM_WRITES));
        return new Conditions(
                seed,
                List.of(timings.allocation(), timings.guestBoot(), Latency.lognormal(Duration.ofSeconds(5), 0.35)),
                writes.burst(),
                writes.perSecond());
    }

    /** How long the run's machine of that number takes, whichever rule asks for it. */
    Duration bootOf(int machine) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + machine);
        Duration whole = Duration.ZERO;
        for (Latency step : boot) {
            whole = whole.plus(step.draw(random)
                    .orElseThrow(() -> new IllegalStateException("boot: a machine that never comes up")));
        }
        return whole;
    }
}
