package dev.shedmaster.bench;

import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Task;
import dev.shedmaster.bench.simulation.Workload;
import dev.shedmaster.lab.demand.DemandEvents;
import dev.shedmaster.lab.demand.DemandReplay;
import dev.shedmaster.lab.demand.MachineNeed;
import dev.shedmaster.lab.demand.PlannedBuild;
import dev.shedmaster.lab.demand.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The lab's year of real builds as a workload: when they were asked for is real, their stages and durations are modelled. */
final class RealDemand {
    /** The recorded year. */
    static final Instant FROM = Instant.parse("2025-08-22T00:00:00Z");

    static final Instant UNTIL = Instant.parse("2026-08-23T00:00:00Z");

    /** Which labels jobs ask for. */
    enum Labels {
        /** Each job names the one kind of machine that it is for, so that no other serves it. */
        ONE_EACH(need -> Set.of(need.name().toLowerCase(Locale.ROOT))),
        /** What the builds ask for really: what is content with {@code amd64} is served by every kind of machine. */
        AS_WRITTEN(need -> Set.of(need.label().split(" && ")));

        private final Function<MachineNeed, Set<String>> of;

        Labels(Function<MachineNeed, Set<String>> of) {
            this.of = of;
        }
    }

    private RealDemand() {}

    /** The builds that were asked for from one instant until before another. */
    static Workload between(Instant from, Instant until, Labels labels, long seed) {
        DemandReplay replay =
                DemandReplay.of(DemandEvents.ofTheYear(), new DemandReplay.Choice(from, until, seed, 1, false));
        List<Task> tasks = new ArrayList<>();
        replay.builds().forEach(build -> addStages(build, labels, tasks));
        return new Workload(
                List.of(
                        pool(MachineNeed.LIGHT, labels, 0.136),
                        pool(MachineNeed.KVM, labels, 0.544),
                        pool(MachineNeed.BUILDER, labels, 2.176)),
                tasks,
                Duration.between(from, until));
    }

    /** At the prices of the examples: 2, 8 and 32 vCPUs of one family. */
    private static Pool pool(MachineNeed need, Labels labels, double hourlyPrice) {
        return new Pool(need.name().toLowerCase(Locale.ROOT), labels.of.apply(need), hourlyPrice);
    }

    private static void addStages(PlannedBuild build, Labels labels, List<Task> tasks) {
        Map<String, Integer> places = new HashMap<>();
        for (Stage stage : build.stages()) {
            places.put(stage.name(), tasks.size());
            tasks.add(new Task(
                    labels.of.apply(stage.need()),
                    stage.duration(),
                    build.start(),
                    stage.after().stream()
                            .map(before -> Objects.requireNonNull(places.get(before)))
                            .toList()));
        }
    }
}
