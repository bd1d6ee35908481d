package dev.shedmaster.bench.rules;

import dev.shedmaster.bench.simulation.Job;
import dev.shedmaster.bench.simulation.Machine;
import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Site;
import java.util.HashSet;
import java.util.Set;

/**
 * What Jenkins counts for one label expression: the jobs that ask for just this expression, the executors of all nodes that
 * match it, and the machines that this expression's own provisioner has planned and that are not connected yet. A node that
 * matches two expressions counts for both; a planned one counts for the one that it was planned for.
 */
final class LabelStatistics {
    private final Site site;
    private final Set<String> label;
    private final Set<Machine> planned = new HashSet<>();

    LabelStatistics(Site site, Set<String> label) {
        this.site = site;
        this.label = label;
    }

    int queueLength() {
        int length = 0;
        for (Job job : site.waiting()) {
            length += job.needs().equals(label) ? 1 : 0;
        }
        return length;
    }

    int available() {
        int executors = 0;
        for (Machine machine : site.machines()) {
            executors += machine.isIdle() && machine.pool().serves(label) ? 1 : 0;
        }
        return executors;
    }

    int online() {
        int executors = 0;
        for (Machine machine : site.machines()) {
            executors += !machine.isComing() && machine.pool().serves(label) ? 1 : 0;
        }
        return executors;
    }

    int planned() {
        planned.removeIf(machine -> !machine.isComing());
        return planned.size();
    }

    /** Asks the cloud's first matching template for machines. */
    void provision(int machines) {
        Pool pool = site.pools().stream()
                .filter(candidate -> candidate.serves(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no template matches " + label));
        for (int i = 0; i < machines; i++) {
            planned.add(site.launch(pool));
        }
    }
}
