package dev.shedmaster.bench.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Tells for which of the jobs that wait a machine is booting: those that have waited longest count first, each on the cheapest
 * machine that serves it and that nobody before it counts on. A machine for which the provider has not yet taken the call
 * is none.
 */
final class Coverage {
    private final List<Pool> pools;
    private final int[] booting;

    Coverage(List<Pool> pools) {
        this.pools = pools;
        this.booting = new int[pools.size()];
    }

    /** Time passes in which nothing else changes. */
    void pass(Instant from, Instant until, Collection<Job> waiting, Collection<Machine> machines) {
        if (!until.isAfter(from)) {
            return;
        }
        for (int p = 0; p < booting.length; p++) {
            booting[p] = 0;
        }
        for (Machine machine : machines) {
            if (machine.isBooting(from)) {
                booting[pools.indexOf(machine.pool())]++;
            }
        }
        Duration passed = Duration.between(from, until);
        for (Job job : waiting) {
            if (!isCovered(job)) {
                job.lackMachine(passed);
            }
        }
    }

    private boolean isCovered(Job job) {
        for (int p = 0; p < booting.length; p++) {
            if (booting[p] > 0 && pools.get(p).serves(job.needs())) {
                booting[p]--;
                return true;
            }
        }
        return false;
    }
}
