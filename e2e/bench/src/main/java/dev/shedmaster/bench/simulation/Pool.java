package dev.shedmaster.bench.simulation;

import java.util.Set;

/**
 * A kind of machine that a rule may have made. One machine runs one job at a time.
 *
 * @param name unlike the other pools' names
 * @param labels what its machines offer
 * @param hourlyPrice what an hour of one costs, in any currency
 */
public record Pool(String name, Set<String> labels, double hourlyPrice) {
    public Pool {
        labels = Set.copyOf(labels);
    }

    /** Whether its machines can take a job that needs these labels. */
    public boolean serves(Set<String> needs) {
        return labels.containsAll(needs);
    }
}
