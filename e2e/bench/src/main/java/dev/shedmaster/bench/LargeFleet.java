package dev.shedmaster.bench;

import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Requirement;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.AccountView;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.PoolView;
import dev.shedmaster.core.planning.SourceView;
import dev.shedmaster.core.planning.Stage;
import dev.shedmaster.core.planning.WorkerView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * A fleet of 100 pools in two sources and four accounts. Each family of ten pools has pools that differ by size and by a
 * special device, so that label sets are partly nested and partly only overlap, as they are where pools have grown.
 */
final class LargeFleet {
    static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private static final int POOLS = 100;
    private static final int FAMILY = 10;

    private final Random random = new Random(4711);
    private final List<PoolView> pools = new ArrayList<>();

    LargeFleet() {
        for (int p = 0; p < POOLS; p++) {
            pools.add(pool(p));
        }
    }

    private static String source(int pool) {
        return pool < POOLS / 2 ? "ci/jenkins" : "ci/github";
    }

    private static Set<String> labels(int pool) {
        int member = pool % FAMILY;
        List<String> labels = new ArrayList<>(List.of("linux", "family" + pool / FAMILY));
        if (member % 2 == 1) {
            labels.add("kvm");
        }
        if (member % 3 == 1) {
            labels.add("big");
        }
        if (member == 9) {
            labels.add("gpu");
        }
        return Set.copyOf(labels);
    }

    private PoolView pool(int p) {
        List<Offering> ladder = new ArrayList<>();
        for (String zone : List.of("1", "2", "3")) {
            ladder.add(offering(p, zone, CapacityType.SPOT));
        }
        ladder.add(offering(p, "1", CapacityType.ON_DEMAND));
        return new PoolView(
                "ci/pool-%03d".formatted(p),
                new PoolView.Service(source(p), labels(p), false, 1),
                new PoolView.Size(p % 4, 200, Duration.ofMinutes(5)),
                new PoolView.Share(100 + 50 * (p % 3), 1 + p % 2, null),
                new PoolView.Making("t1", ladder, null),
                PoolView.State.NEW);
    }

    private static Offering offering(int p, String zone, CapacityType type) {
        return new Offering(
                type == CapacityType.SPOT ? "spot" : "on-demand",
                "ci/account-" + p % 4,
                "Standard_D8ds_v5",
                "standardDDSv5Family",
                zone,
                type,
                8,
                (type == CapacityType.SPOT ? 0.1 : 0.4) + p % FAMILY * 0.01);
    }

    /**
     * @param jobs how many wait
     * @param workers how many there are
     * @param idleShare which part of them has nothing to do
     */
    FleetView view(int jobs, int workers, double idleShare) {
        Map<String, SourceView> sources = new HashMap<>();
        for (String source : List.of("ci/jenkins", "ci/github")) {
            sources.put(source, new SourceView(source, NOW.minusSeconds(3), OutsideAgents.NONE));
        }
        List<AccountView> accounts = new ArrayList<>();
        for (int a = 0; a < 4; a++) {
            accounts.add(new AccountView("ci/account-" + a, OptionalInt.of(2500), OptionalInt.of(24_000), "EUR"));
        }
        OfferingMemory memory = OfferingMemory.EMPTY;
        for (int a = 0; a < 4; a++) {
            memory = memory.with(
                    new Blockage(
                            new Blockage.SizeAt("ci/account-" + a, "Standard_D8ds_v5", "1", CapacityType.SPOT),
                            NOW.plusSeconds(1800),
                            "no spot capacity"),
                    NOW.minusSeconds(60));
        }
        return new FleetView(queue(jobs), sources, pools, workers(workers, idleShare), accounts, memory, Map.of());
    }

    private List<QueuedJob> queue(int count) {
        List<QueuedJob> queue = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int family = random.nextInt(POOLS / FAMILY);
            String special = List.of("", " && kvm", " && big", " && kvm && big", " && gpu")
                    .get(random.nextInt(5));
            queue.add(new QueuedJob(
                    source(family * FAMILY),
                    "" + i,
                    "build #" + i,
                    requirement("linux && family" + family + special),
                    NOW.minusMillis(random.nextInt(900_000))));
        }
        return queue;
    }

    /** Every job has a requirement of its own, as it comes from a reading: equal, not the same. */
    private static Requirement requirement(String labels) {
        try {
            return new Labelled(LabelExpression.parse(labels));
        } catch (LabelSyntaxException e) {
            throw new IllegalArgumentException(labels, e);
        }
    }

    private List<WorkerView> workers(int count, double idleShare) {
        List<WorkerView> workers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            PoolView pool = pools.get(random.nextInt(POOLS));
            Stage stage = random.nextDouble() < idleShare
                    ? Stage.IDLE
                    : random.nextInt(10) == 0 ? Stage.STARTING : random.nextInt(30) == 0 ? Stage.DRAINING : Stage.BUSY;
            Instant since = NOW.minusSeconds(random.nextInt(600));
            workers.add(new WorkerView(
                    "ci/worker-" + i,
                    pool.name(),
                    stage,
                    pool.making().ladder().get(random.nextInt(4)),
                    1,
                    stage == Stage.BUSY ? 1 : 0,
                    since.minusSeconds(200),
                    since,
                    0,
                    "t1",
                    pool.service().labels(),
                    null));
        }
        return workers;
    }
}
