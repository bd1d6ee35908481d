package dev.shedmaster.bench.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A job to come.
 *
 * @param needs the labels that a machine must have for it
 * @param duration how long it keeps a machine busy
 * @param arrival when it is asked for, counted from the workload's beginning
 * @param after the tasks, by their place in the workload, that must have ended before it waits for a machine
 */
public record Task(Set<String> needs, Duration duration, Duration arrival, List<Integer> after) {
    public Task {
        needs = Set.copyOf(needs);
        after = List.copyOf(after);
    }
}
