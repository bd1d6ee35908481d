package dev.shedmaster.bench.simulation;

import dev.shedmaster.lab.time.Latency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Small workloads and conditions of which everything can be reckoned by hand. */
public final class Trial {
    public static final Pool LINUX = new Pool("linux", Set.of("linux"), 3.6);

    private Trial() {}

    /** Machines that take the same time to boot, from a provider that gives as many as are asked for. */
    public static Conditions boot(Duration boot) {
        return new Conditions(1, List.of(Latency.fixed(boot)), 1_000_000, 1_000_000);
    }

    public static Task task(Set<String> needs, int seconds, int arrival, Integer... after) {
        return new Task(needs, Duration.ofSeconds(seconds), Duration.ofSeconds(arrival), List.of(after));
    }

    /** A task for {@link #LINUX}. */
    public static Task task(int seconds, int arrival, Integer... after) {
        return task(LINUX.labels(), seconds, arrival, after);
    }

    public static Workload of(Task... tasks) {
        return new Workload(List.of(LINUX), List.of(tasks), Duration.ofHours(1));
    }

    /** Many alike at one instant. */
    public static Workload burst(int jobs, int seconds, int arrival) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            tasks.add(task(seconds, arrival));
        }
        return new Workload(List.of(LINUX), tasks, Duration.ofHours(1));
    }
}
