package dev.shedmaster.bench.rules;

import dev.shedmaster.bench.simulation.Job;
import dev.shedmaster.bench.simulation.Scaler;
import dev.shedmaster.bench.simulation.ScalingRule;
import dev.shedmaster.bench.simulation.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What Jenkins does with the plugin for Azure: {@code AzureVMNoDelayProvisionerStrategy} of azure-vm-agents 46a7439, called by
 * {@code NodeProvisioner}. The strategies of other plugins differ from it in
 * details, some of them for the worse.
 *
 * <p>For each label by itself, what waits beyond what is available or planned is asked for at once: when a job comes to wait,
 * at most once a second, a second after anything was asked for, and every 10 s.
 *
 * @param idleTimeout the plugin's default is 60 min
 */
public record JenkinsNoDelay(String name, Duration idleTimeout) implements ScalingRule {
    private static final Duration CLOCK = Duration.ofSeconds(10);
    private static final Duration BETWEEN_HINTS = Duration.ofSeconds(1);

    @Override
    public boolean singleUse() {
        return false;
    }

    @Override
    public Scaler start(Site site) {
        IdleRetention.start(site, idleTimeout);
        Provisioners provisioners = new Provisioners(site);
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
            byLabel.computeIfAbsent(job.needs(), label -> new Provisioner(site, label))
                    .hint();
        }

        void review() {
            byLabel.values().forEach(Provisioner::review);
        }
    }

    private static final class Provisioner {
        private final Site site;
        private final LabelStatistics statistics;
        private Instant lastReview = Instant.EPOCH.minus(BETWEEN_HINTS);
        private boolean due;

        Provisioner(Site site, Set<String> label) {
            this.site = site;
            this.statistics = new LabelStatistics(site, label);
        }

        /** Now would be a good time to look. Jobs that come at one instant are seen together, as under the queue's lock. */
        void hint() {
            if (due) {
                return;
            }
            due = true;
            Duration pause = BETWEEN_HINTS.minus(Duration.between(lastReview, site.now()));
            site.after(pause.isNegative() ? Duration.ZERO : pause, this::review);
        }

        void review() {
            lastReview = site.now();
            due = false;
            int excess = statistics.queueLength() - statistics.available() - statistics.planned();
            if (excess > 0) {
                statistics.provision(excess);
                site.after(BETWEEN_HINTS, this::hint);
            }
        }
    }
}
