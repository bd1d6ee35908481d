package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fleet under construction: tests fill the lists, then have a plan made. */
abstract class FleetFixture {
    static final Instant NOW = FleetMaker.NOW;
    static final Offering SPOT = new Offering("spot", "ci/azure", "D8", "f", null, CapacityType.SPOT, 8, 0.1);
    static final Offering DEAR = new Offering("on-demand", "ci/azure", "D8", "f", null, CapacityType.ON_DEMAND, 8, 0.4);

    final List<QueuedJob> jobs = new ArrayList<>();
    final List<PoolView> pools = new ArrayList<>();
    final List<WorkerView> workers = new ArrayList<>();
    final List<AccountView> accounts = new ArrayList<>();
    OfferingMemory memory = OfferingMemory.EMPTY;
    Map<String, Instant> candidates = Map.of();

    @Nullable
    Instant read = NOW;

    @Nullable
    Instant failingSince;

    Policy policy = Policy.DEFAULT;

    static PoolView pool(String name, int min, int max) {
        return ScenarioPools.plain(name, "ci/jenkins", Set.of("a"), min, max, SPOT);
    }

    void queue(int count, int secondsAgo) {
        for (int i = 0; i < count; i++) {
            jobs.add(new QueuedJob(
                    "ci/jenkins",
                    "" + jobs.size(),
                    "job-" + jobs.size(),
                    ScenarioWorld.requirement("a"),
                    NOW.minusSeconds(secondsAgo)));
        }
    }

    WorkerView worker(String name, String pool, Stage stage, int secondsAgo) {
        return wide(name, pool, stage, 1, stage == Stage.BUSY ? 1 : 0, secondsAgo);
    }

    /** A worker with several slots. */
    WorkerView wide(String name, String pool, Stage stage, int slots, int busySlots, int secondsAgo) {
        return add(name, pool, stage, slots, busySlots, secondsAgo, null);
    }

    /** A worker whose machine should have been asked for by now, and whose turn has not come. */
    WorkerView late(String name, String pool, int secondsAgo, String why) {
        return add(name, pool, Stage.REQUESTED, 1, 0, secondsAgo, new WorkerView.Overdue(false, why));
    }

    /** A worker whose machine should have been asked for by now, and which its CI system does not register. */
    WorkerView unregistered(String name, String pool, int secondsAgo, String why) {
        return add(name, pool, Stage.REQUESTED, 1, 0, secondsAgo, new WorkerView.Overdue(true, why));
    }

    private WorkerView add(
            String name,
            String pool,
            Stage stage,
            int slots,
            int busySlots,
            int secondsAgo,
            WorkerView.@Nullable Overdue overdue) {
        WorkerView worker = new WorkerView(
                name,
                pool,
                stage,
                SPOT,
                slots,
                busySlots,
                NOW.minusSeconds(secondsAgo),
                NOW.minusSeconds(secondsAgo),
                0,
                "t1",
                null,
                overdue);
        workers.add(worker);
        return worker;
    }

    /** Not before the last plan's wish to let them go has lasted long enough. */
    void everyWishHasLasted() {
        Map<String, Instant> known = new HashMap<>();
        workers.forEach(worker -> known.put(worker.name(), NOW.minusSeconds(60)));
        candidates = known;
    }

    static PoolView serving(String label, PoolView pool) {
        return ScenarioPools.withLabels(pool, Set.of(label));
    }

    void limitAccount(int maxWorkers) {
        accounts.add(new AccountView("ci/azure", OptionalInt.of(maxWorkers), OptionalInt.empty(), "EUR"));
    }

    static List<String> removed(PoolPlan slice) {
        return slice.removals().stream().map(PoolPlan.Removal::worker).toList();
    }

    FleetView view() {
        return new FleetView(
                jobs,
                Map.of("ci/jenkins", new SourceView("ci/jenkins", read, failingSince, OutsideAgents.NONE)),
                pools,
                workers,
                accounts,
                memory,
                candidates);
    }

    FleetPlan plan() {
        FleetPlan plan = FleetPlanner.plan(view(), policy, NOW);
        PlanLaws.hold(view(), policy, NOW, plan);
        return plan;
    }

    PoolPlan only() {
        return plan().pools().getFirst();
    }

    static List<String> codes(PoolPlan slice) {
        return slice.reasons().stream().map(Reason::code).toList();
    }

    static Policy limits(int creationsPerMinute, int inFlight) {
        Policy all = Policy.DEFAULT;
        return new Policy(
                all.batch(),
                all.lateAfter(),
                all.staleAfter(),
                all.ageingStep(),
                all.ageingPoints(),
                all.failureThreshold(),
                all.firstBackOff(),
                all.longestBackOff(),
                creationsPerMinute,
                inFlight,
                all.overshootPart(),
                all.drainShare(),
                all.drainWorkers(),
                all.revalidation(),
                all.reclaimIdle(),
                all.antiFlapPart(),
                all.probeEvery(),
                all.waitingShown());
    }
}
