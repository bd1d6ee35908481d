package dev.shedmaster.bench.rules;

import dev.shedmaster.bench.simulation.Job;
import dev.shedmaster.bench.simulation.Scaler;
import dev.shedmaster.bench.simulation.ScalingRule;
import dev.shedmaster.bench.simulation.Site;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What Jenkins' core does when no plugin brings a strategy of its own: {@code NodeProvisioner.StandardStrategyImpl} with
 * {@code LoadStatistics}, jenkinsci/jenkins ff9430ee1d.
 *
 * <p>Every 10 s, for each label by itself, the smoothed and the present queue are held against what is planned, both taken
 * cautiously. Smoothing keeps nine tenths of the old value in each 10 s.
 *
 * @param idleTimeout core has no default for it; plugins have 10 to 60 min
 */
public record JenkinsStandard(String name, Duration idleTimeout) implements ScalingRule {
    private static final Duration CLOCK = Duration.ofSeconds(10);
    private static final double DECAY = 0.9;
    private static final double MARGIN = 0.1;
    private static final double MARGIN_OF_NONE = 0.5;
    private static final double MARGIN_DECAY = 0.5;

    @Override
    public boolean singleUse() {
        return false;
    }

    @Override
    public Scaler start(Site site) {
        IdleRetention.start(site, idleTimeout);
        Provisioners provisioners = new Provisioners(site);
        site.every(CLOCK, site.phase(CLOCK), provisioners::average);
        site.every(CLOCK, CLOCK.multipliedBy(10), provisioners::review);
        return provisioners;
    }

    private static final class Provisioners implements Scaler {
        private final Site site;
        private final Map<Set<String>, Provisioner> byLabel = new LinkedHashMap<>();

        Provisioners(Site site) {
            this.site = site;
        }

        @Override
        public void queued(Job job) {
            byLabel.computeIfAbsent(job.needs(), label -> new Provisioner(new LabelStatistics(site, label)));
        }

        void average() {
            byLabel.values().forEach(Provisioner::average);
        }

        void review() {
            byLabel.values().forEach(Provisioner::review);
        }
    }

    private static final class Provisioner {
        private final LabelStatistics statistics;
        private double queueAverage;
        private double availableAverage;
        private double plannedAverage;

        Provisioner(LabelStatistics statistics) {
            this.statistics = statistics;
        }

        void average() {
            queueAverage = smoothed(queueAverage, statistics.queueLength());
            availableAverage = smoothed(availableAverage, statistics.available());
        }

        void review() {
            int planned = statistics.planned();
            plannedAverage = smoothed(plannedAverage, planned);
            int queue = statistics.queueLength();
            int available = statistics.available();
            if (queue > available) {
                statistics.provision(toProvision(
                        queue,
                        queueAverage,
                        available,
                        availableAverage,
                        statistics.online(),
                        planned,
                        plannedAverage));
            }
        }

        private static double smoothed(double average, int present) {
            return DECAY * average + (1 - DECAY) * present;
        }
    }

    /** How many machines the strategy asks for. Machines count as planned until they are connected. */
    static int toProvision(
            int queue,
            double queueAverage,
            int available,
            double availableAverage,
            int online,
            int planned,
            double plannedAverage) {
        boolean noneAtAll = online + planned == 0 && queue > 0;
        if (Math.max(available, availableAverage) >= MARGIN && !noneAtAll) {
            return 0;
        }
        double excess = Math.min(queueAverage, queue) - Math.max(plannedAverage, planned);
        if (noneAtAll && excess < 1) {
            excess = 1;
        }
        double margin = MARGIN + (MARGIN_OF_NONE - MARGIN) * Math.pow(MARGIN_DECAY, online);
        return excess > 1 - margin ? (int) Math.floor(excess + margin) : 0;
    }
}
