package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The rule in a closed loop: its plans are carried out, machines boot, jobs come and end, until all is quiet. */
class FleetLoopProperties {
    private static final Instant START = FleetMaker.NOW;

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void everyJobRunsNothingIsLeftAndNoWorkerIsMadeInVain(@ForAll long seed) {
        Random random = new Random(seed);
        ScenarioWorld world = world(random);
        int minimum = world.view(START).pools().stream()
                .mapToInt(pool -> pool.size().min())
                .sum();
        int jobs = 0;
        int made = 0;
        Map<String, Instant> busyUntil = new HashMap<>();
        for (int second = 0; second < 3600; second += 5) {
            Instant now = START.plusSeconds(second);
            if (second < 600 && random.nextInt(20) == 0) {
                int count = 1 + random.nextInt(8);
                world.arrive("ci/one", count, List.of("a", "b", "a && b").get(random.nextInt(3)), now);
                jobs += count;
            }
            move(world, now, busyUntil, random);
            FleetView view = world.view(now);
            FleetPlan plan = FleetPlanner.plan(view, Policy.DEFAULT, now);
            PlanLaws.hold(view, Policy.DEFAULT, now, plan);
            made += plan.pools().stream()
                    .mapToInt(slice -> slice.creations().size())
                    .sum();
            world.carryOut(plan, now);
        }
        FleetView end = world.view(START.plusSeconds(3600));
        assertThat(end.jobs()).as("jobs that still wait").isEmpty();
        assertThat(end.workers()).as("workers that are left").hasSize(minimum);
        assertThat(made).as("workers made").isLessThanOrEqualTo(jobs + minimum);
    }

    private static ScenarioWorld world(Random random) {
        ScenarioWorld world = new ScenarioWorld();
        world.addSource("ci/one");
        world.addAccount(new AccountView("ci/azure", OptionalInt.of(8), OptionalInt.empty(), "EUR"));
        List<Set<String>> labels = List.of(Set.of("a"), Set.of("b"), Set.of("a", "b"));
        for (int i = 0; i < labels.size(); i++) {
            PoolView plain = ScenarioPools.plain(
                    "ci/p" + i,
                    "ci/one",
                    labels.get(i),
                    random.nextInt(2),
                    3 + random.nextInt(4),
                    new Offering("one", "ci/azure", "S", "f", null, CapacityType.ON_DEMAND, 4, 0.1 * (i + 1)));
            world.addPool(ScenarioPools.withShape(
                    plain, false, 1 + random.nextInt(2), plain.size().idleTimeout(), 100 * random.nextInt(2), 1));
        }
        return world;
    }

    private static void move(ScenarioWorld world, Instant now, Map<String, Instant> busyUntil, Random random) {
        world.takeJobs(now);
        for (WorkerView worker : world.view(now).workers()) {
            boolean due = !worker.stageSince().plusSeconds(60).isAfter(now);
            switch (worker.stage()) {
                case REQUESTED, STARTING -> {
                    if (due) {
                        world.moveOne(worker, Stage.IDLE, 0, now);
                    }
                }
                case BUSY -> {
                    Instant until =
                            busyUntil.computeIfAbsent(worker.name(), name -> now.plusSeconds(20 + random.nextInt(100)));
                    if (!until.isAfter(now)) {
                        busyUntil.remove(worker.name());
                        world.moveOne(worker, Stage.IDLE, 0, now);
                    }
                }
                case DRAINING -> world.moveOne(worker, Stage.DELETING, 0, now);
                case DELETING -> world.forget(worker);
                case IDLE, FAILED -> {}
            }
        }
        world.takeJobs(now);
    }
}
