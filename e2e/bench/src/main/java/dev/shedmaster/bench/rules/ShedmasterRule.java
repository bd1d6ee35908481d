package dev.shedmaster.bench.rules;

import dev.shedmaster.bench.simulation.Scaler;
import dev.shedmaster.bench.simulation.ScalingRule;
import dev.shedmaster.bench.simulation.Site;
import dev.shedmaster.machine.azure.RequestRates.Rate;
import java.time.Duration;

/**
 * Ours: the planner itself ({@link dev.shedmaster.core.planning.FleetPlanner}) with its default policy, fed by readings of
 * the queue at the pace of {@link dev.shedmaster.ci.PollInterval}, its wishes carried out at the subscription's own rate.
 *
 * @param idleTimeout {@code scaling.idleTimeout}, or what stands for it in the profile
 * @param singleUse whether {@code lifecycle.maxJobs} is 1
 * @param longestPoll {@code poll.maxInterval} of the CI system's object
 * @param creates {@code limits.requests} of the subscription's object
 */
public record ShedmasterRule(String name, Duration idleTimeout, boolean singleUse, Duration longestPoll, Rate creates)
        implements ScalingRule {
    /** What the profiles Economy, Balanced and Fast stand for; Balanced is the default. */
    public static final Duration ECONOMY = Duration.ofSeconds(80);

    public static final Duration BALANCED = Duration.ofMinutes(3);
    public static final Duration FAST = Duration.ofMinutes(8);

    private static final Duration LONGEST_POLL =
            Duration.parse("PT" + dev.shedmaster.api.v1alpha1.PollInterval.DEFAULT.maxInterval());

    /** With the defaults of everything but the idle timeout. */
    public static ShedmasterRule reusing(String name, Duration idleTimeout) {
        return new ShedmasterRule(name, idleTimeout, false, LONGEST_POLL, defaultCreates());
    }

    /** With the defaults, and one job a machine. */
    public static ShedmasterRule singleUse(String name) {
        return new ShedmasterRule(name, BALANCED, true, LONGEST_POLL, defaultCreates());
    }

    private static Rate defaultCreates() {
        dev.shedmaster.api.v1alpha1.RequestRates rates = dev.shedmaster.api.v1alpha1.RequestRates.DEFAULT;
        return new Rate(rates.burst(), rates.writesPerSecond());
    }

    public ShedmasterRule named(String other) {
        return new ShedmasterRule(other, idleTimeout, singleUse, longestPoll, creates);
    }

    public ShedmasterRule withLongestPoll(Duration longest) {
        return new ShedmasterRule(name, idleTimeout, singleUse, longest, creates);
    }

    public ShedmasterRule withCreates(Rate rate) {
        return new ShedmasterRule(name, idleTimeout, singleUse, longestPoll, rate);
    }

    @Override
    public Scaler start(Site site) {
        return new ShedmasterScaler(site, this);
    }
}
