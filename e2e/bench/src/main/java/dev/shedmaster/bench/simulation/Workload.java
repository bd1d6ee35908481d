package dev.shedmaster.bench.simulation;

import java.time.Duration;
import java.util.List;

/**
 * What is asked for, and which pools there are to serve it.
 *
 * @param pools the cheapest first
 * @param tasks each after those that it waits for
 * @param length from the workload's beginning until after the last task was asked for
 */
public record Workload(List<Pool> pools, List<Task> tasks, Duration length) {
    public Workload {
        pools = List.copyOf(pools);
        tasks = List.copyOf(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            if (pools.stream().noneMatch(pool -> pool.serves(task.needs()))) {
                throw new IllegalArgumentException("tasks: no pool serves task " + i + ", which needs " + task.needs());
            }
            for (int before : task.after()) {
                if (before < 0 || before >= i) {
                    throw new IllegalArgumentException(
                            "tasks: task " + i + " waits for task " + before + ", which must be one before it");
                }
            }
            if (task.arrival().compareTo(length) > 0) {
                throw new IllegalArgumentException("length: task " + i + " is asked for only after " + length);
            }
        }
    }

    /** How long machines are busy with all of it. */
    public Duration work() {
        return tasks.stream().map(Task::duration).reduce(Duration.ZERO, Duration::plus);
    }
}
