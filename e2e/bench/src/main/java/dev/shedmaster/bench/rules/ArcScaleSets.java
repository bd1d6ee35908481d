package dev.shedmaster.bench.rules;

import dev.shedmaster.bench.simulation.Job;
import dev.shedmaster.bench.simulation.Machine;
import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Scaler;
import dev.shedmaster.bench.simulation.ScalingRule;
import dev.shedmaster.bench.simulation.Site;
import dev.shedmaster.bench.simulation.TokenBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ARC's scale sets with {@code minRunners} 0: {@code cmd/ghalistener/scaler/scaler.go} and
 * {@code ephemeralrunnerset_controller.go}, actions/actions-runner-controller 2ee6b3b8.
 *
 * <p>Each message of GitHub's says how many jobs are assigned to the scale set, those that run included. So many runners there
 * shall be; only when a poll brings nothing and none shall be left do idle ones go. Its runners are pods: here each has a
 * machine of its own that boots as anybody's.
 */
public record ArcScaleSets(String name) implements ScalingRule {
    /** From an event to the runners' objects: the poll is open all the time, the listener's patch and the look take a while. */
    private static final Duration MESSAGE = Duration.ofSeconds(1);

    private static final Duration EMPTY_POLL = Duration.ofSeconds(50);

    /** The client's limit of 20 requests a second and 30 at once, of which a runner takes 3 until its pod is made. */
    private static final int BURST = 10;

    private static final double PER_SECOND = 20 / 3.0;

    @Override
    public boolean singleUse() {
        return true;
    }

    @Override
    public Scaler start(Site site) {
        return new Listeners(site);
    }

    private static final class Listeners implements Scaler {
        private final Site site;
        private final Map<Pool, ScaleSet> byPool = new LinkedHashMap<>();
        private final TokenBucket client = new TokenBucket(BURST, PER_SECOND);

        Listeners(Site site) {
            this.site = site;
            site.pools().forEach(pool -> byPool.put(pool, new ScaleSet(pool)));
            site.every(EMPTY_POLL, site.phase(EMPTY_POLL), () -> byPool.values().forEach(this::emptyPoll));
        }

        @Override
        public void queued(Job job) {
            ScaleSet set = setOf(job);
            set.assigned++;
            tell(set);
        }

        @Override
        public void started(Job job, Machine machine) {
            tell(setOf(job));
        }

        @Override
        public void finished(Job job, Machine machine) {
            ScaleSet set = setOf(job);
            set.assigned--;
            set.runners.remove(machine);
            site.retire(machine);
            tell(set);
        }

        /** A job names one scale set. */
        private ScaleSet setOf(Job job) {
            List<ScaleSet> serving = byPool.values().stream()
                    .filter(set -> set.pool.serves(job.needs()))
                    .toList();
            if (serving.size() != 1) {
                throw new IllegalArgumentException(job + " names " + serving.size() + " scale sets, must name one");
            }
            return serving.getFirst();
        }

        private void tell(ScaleSet set) {
            if (!set.told) {
                set.told = true;
                site.after(MESSAGE, () -> {
                    set.told = false;
                    set.quiet = false;
                    scaleUp(set);
                });
            }
        }

        private void scaleUp(ScaleSet set) {
            for (int total = set.total(); total < set.assigned; total++) {
                set.ordered++;
                Duration turn = Duration.between(site.now(), client.take(site.now()));
                site.after(turn, () -> {
                    set.ordered--;
                    set.runners.add(site.launch(set.pool));
                });
            }
        }

        private void emptyPoll(ScaleSet set) {
            if (set.quiet && set.assigned == 0) {
                List.copyOf(set.runners).stream()
                        .filter(runner -> !runner.isBusy())
                        .forEach(runner -> {
                            set.runners.remove(runner);
                            site.retire(runner);
                        });
            }
            set.quiet = !set.told;
        }
    }

    /** One scale set's books. A runner counts from when it is ordered until its job has ended. */
    private static final class ScaleSet {
        private final Pool pool;
        private final List<Machine> runners = new ArrayList<>();
        private int ordered;
        private int assigned;
        private boolean told;
        private boolean quiet;

        ScaleSet(Pool pool) {
            this.pool = pool;
        }

        int total() {
            return ordered + runners.size();
        }
    }
}
