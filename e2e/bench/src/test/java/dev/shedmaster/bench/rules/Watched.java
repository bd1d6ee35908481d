package dev.shedmaster.bench.rules;

import dev.shedmaster.bench.simulation.Conditions;
import dev.shedmaster.bench.simulation.Job;
import dev.shedmaster.bench.simulation.Machine;
import dev.shedmaster.bench.simulation.Outcome;
import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Scaler;
import dev.shedmaster.bench.simulation.ScalingRule;
import dev.shedmaster.bench.simulation.Simulation;
import dev.shedmaster.bench.simulation.Site;
import dev.shedmaster.bench.simulation.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rule's run with what it asked for: everything in seconds since the first job was queued. */
final class Watched {
    private final List<Instant> launches = new ArrayList<>();
    private final List<String> pools = new ArrayList<>();
    private @Nullable Instant firstQueued;
    private final Outcome outcome;

    private Watched(Workload workload, ScalingRule rule, Conditions conditions) {
        outcome = Simulation.run(workload, new Rule(rule), conditions);
    }

    static Watched run(Workload workload, ScalingRule rule, Conditions conditions) {
        return new Watched(workload, rule, conditions);
    }

    Outcome outcome() {
        return outcome;
    }

    /** When each machine was asked for. */
    List<Double> launches() {
        Instant begin = Objects.requireNonNull(firstQueued);
        return launches.stream()
                .map(launch -> Duration.between(begin, launch).toMillis() / 1000.0)
                .toList();
    }

    /** How many had been asked for by then. */
    long launchedBy(double seconds) {
        return launches().stream().filter(launch -> launch <= seconds).count();
    }

    /** The pools of the machines that were asked for. */
    List<String> pools() {
        return pools;
    }

    private final class Rule implements ScalingRule {
        private final ScalingRule rule;

        Rule(ScalingRule rule) {
            this.rule = rule;
        }

        @Override
        public String name() {
            return rule.name();
        }

        @Override
        public boolean singleUse() {
            return rule.singleUse();
        }

        @Override
        public Scaler start(Site site) {
            Scaler scaler = rule.start(new WatchedSite(site));
            return new Scaler() {
                @Override
                public void queued(Job job) {
                    firstQueued = firstQueued == null ? site.now() : firstQueued;
                    scaler.queued(job);
                }

                @Override
                public void started(Job job, Machine machine) {
                    scaler.started(job, machine);
                }

                @Override
                public void finished(Job job, Machine machine) {
                    scaler.finished(job, machine);
                }

                @Override
                public void connected(Machine machine) {
                    scaler.connected(machine);
                }
            };
        }
    }

    private final class WatchedSite implements Site {
        private final Site site;

        WatchedSite(Site site) {
            this.site = site;
        }

        @Override
        public Instant now() {
            return site.now();
        }

        @Override
        public List<Pool> pools() {
            return site.pools();
        }

        @Override
        public List<Job> waiting() {
            return site.waiting();
        }

        @Override
        public List<Machine> machines() {
            return site.machines();
        }

        @Override
        public Machine launch(Pool pool) {
            launches.add(site.now());
            pools.add(pool.name());
            return site.launch(pool);
        }

        @Override
        public void retire(Machine machine) {
            site.retire(machine);
        }

        @Override
        public void after(Duration pause, Runnable step) {
            site.after(pause, step);
        }

        @Override
        public void every(Duration period, Duration first, Runnable step) {
            site.every(period, first, step);
        }

        @Override
        public Duration phase(Duration period) {
            return site.phase(period);
        }
    }
}
