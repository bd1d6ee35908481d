package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.core.slot.Shape;
import dev.shedmaster.core.slot.Virtualization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes up fleets of every kind that there may be, small enough to be understood when one of them breaks a law. */
final class FleetMaker {
    static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private static final List<String> LABELS = List.of("a", "b", "c", "d");
    private static final List<String> SOURCES = List.of("ci/one", "ci/two");
    private static final List<String> ACCOUNTS = List.of("ci/azure", "ci/other");
    private static final List<String> NETWORKS = List.of("blue", "green");
    private static final List<String> ASKS =
            List.of("a", "b", "c", "d", "a && b", "a || c", "b && !c", "d && a", "gpu", "anything");

    private final Random random;
    private final List<PoolView> pools = new ArrayList<>();
    private final List<HostView> hosts = new ArrayList<>();
    private final Map<String, Instant> candidates = new HashMap<>();

    FleetMaker(long seed) {
        this.random = new Random(seed);
    }

    /** Any fleet, with everything that can be wrong with one. */
    FleetView any() {
        Map<String, SourceView> sources = new HashMap<>();
        for (String source : SOURCES) {
            sources.put(
                    source,
                    new SourceView(
                            source,
                            chance(5) ? null : ago(chance(4) ? 200 : 30),
                            chance(3) ? ago(200) : null,
                            OutsideAgents.NONE));
        }
        int servers = chance(2) ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < servers; i++) {
            hosts.add(host("ci/h" + i));
        }
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            pools.add(pool("ci/p" + i));
        }
        return new FleetView(
                jobs(random.nextInt(25)), sources, pools, workers(), accounts(), hosts, memory(), candidates);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Instant ago(int seconds) {
        return NOW.minusSeconds(random.nextInt(seconds));
    }

    private Set<String> labels() {
        Set<String> labels = new HashSet<>();
        LABELS.stream().filter(label -> random.nextBoolean()).forEach(labels::add);
        return labels;
    }

    private List<AccountView> accounts() {
        List<AccountView> accounts = new ArrayList<>();
        for (String name : ACCOUNTS) {
            if (!chance(6)) {
                accounts.add(new AccountView(
                        name,
                        chance(2) ? OptionalInt.of(random.nextInt(12)) : OptionalInt.empty(),
                        chance(3) ? OptionalInt.of(random.nextInt(60)) : OptionalInt.empty(),
                        chance(6) ? "USD" : "EUR"));
            }
        }
        return accounts;
    }

    private Offering offering(int rung) {
        int vcpus = 1 << (1 + random.nextInt(4));
        return new Offering(
                "placement-" + rung,
                oneOf(ACCOUNTS),
                "D" + vcpus,
                "family",
                null,
                random.nextBoolean() ? CapacityType.SPOT : CapacityType.ON_DEMAND,
                vcpus,
                chance(4) ? 0 : (1 + random.nextInt(20)) / 10.0,
                chance(3) ? null : oneOf(NETWORKS));
    }

    private PoolView pool(String name) {
        List<Offering> ladder = new ArrayList<>();
        int rungs = chance(12) ? 0 : 1 + random.nextInt(3);
        for (int rung = 0; rung < rungs; rung++) {
            ladder.add(offering(rung));
        }
        Map<String, Need> needs = new HashMap<>();
        if (!hosts.isEmpty() && !chance(3)) {
            Need need = need(name);
            needs.put("own", need);
            ladder.add(random.nextInt(ladder.size() + 1), ScenarioHosts.offering("own", need));
        }
        int max = random.nextInt(9);
        return new PoolView(
                name,
                new PoolView.Service(oneOf(SOURCES), labels(), chance(3), chance(3) ? 1 + random.nextInt(3) : 1),
                new PoolView.Size(
                        chance(2) ? 0 : random.nextInt(max + 1),
                        max,
                        chance(4) ? "nightly" : null,
                        null,
                        Duration.ofSeconds(60 + random.nextInt(300))),
                new PoolView.Share(100 * random.nextInt(3), 1 + random.nextInt(3), chance(3) ? budget() : null),
                new PoolView.Making("t1", ladder, needs, chance(10) ? "the Secret lacks a key" : null),
                new PoolView.State(
                        chance(3) ? history() : BootHistory.NONE,
                        chance(6) ? random.nextInt(15) : 0,
                        chance(4) ? new Foresight(random.nextInt(3), random.nextInt(3), "guess") : Foresight.NONE,
                        chance(8)));
    }

    private HostView host(String name) {
        return new HostView(
                name,
                chance(8) ? Architecture.AMD64 : Architecture.ARM64,
                oneOf(List.of(Virtualization.values())),
                new HostView.Capacity(
                        random.nextInt(12),
                        random.nextInt(2),
                        100 + 50 * random.nextInt(2),
                        random.nextInt(12),
                        random.nextInt(2),
                        chance(2) ? OptionalInt.of(random.nextInt(4)) : OptionalInt.empty()),
                chance(3) ? Set.of() : Set.of("red", "green"),
                chance(2) ? HostView.Standing.OPEN : oneOf(List.of(HostView.Standing.values())));
    }

    private Need need(String pool) {
        Set<String> selected = new HashSet<>();
        hosts.stream().filter(host -> !chance(4)).forEach(host -> selected.add(host.name()));
        if (chance(8)) {
            selected.add("ci/unknown");
        }
        return new Need(
                pool,
                new Shape(
                        Architecture.ARM64,
                        1 + random.nextInt(4),
                        1 + random.nextInt(4),
                        chance(3),
                        chance(2) ? Set.of(Isolation.values()) : Set.of(oneOf(List.of(Isolation.values())))),
                chance(3) ? null : "red",
                selected);
    }

    /** Of slots that are to be had anywhere, one that is somewhere. */
    private Offering settled(Offering offering) {
        return offering.slot() == null
                ? offering
                : ScenarioHosts.on(
                        offering,
                        chance(9) || hosts.isEmpty()
                                ? "ci/unknown"
                                : oneOf(hosts).name());
    }

    private Budget budget() {
        return ScenarioPools.budget("EUR", price(), price());
    }

    private @Nullable Double price() {
        return chance(2) ? random.nextInt(60) / 10.0 : null;
    }

    private BootHistory history() {
        return new BootHistory(1 + random.nextInt(6), ago(400), chance(2) ? "it did not boot" : null);
    }

    private List<QueuedJob> jobs(int count) {
        List<QueuedJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String source = chance(20) ? "ci/none" : oneOf(SOURCES);
            jobs.add(new QueuedJob(
                    source, "" + i, "job-" + i, ScenarioWorld.requirement(oneOf(ASKS)), ago(chance(4) ? 9000 : 100)));
        }
        return jobs;
    }

    private List<WorkerView> workers() {
        List<WorkerView> workers = new ArrayList<>();
        for (PoolView pool : pools) {
            int count = random.nextInt(8);
            for (int i = 0; i < count; i++) {
                WorkerView worker = worker(pool, pool.name() + "-" + i);
                workers.add(worker);
                if (chance(3)) {
                    candidates.put(worker.name(), ago(40));
                }
            }
        }
        if (chance(3)) {
            workers.add(worker(pools.getFirst(), "ci/stray-1"));
        }
        return workers;
    }

    private WorkerView worker(PoolView pool, String name) {
        Stage stage = oneOf(List.of(
                Stage.REQUESTED,
                Stage.STARTING,
                Stage.IDLE,
                Stage.IDLE,
                Stage.IDLE,
                Stage.BUSY,
                Stage.DRAINING,
                Stage.DELETING,
                Stage.FAILED));
        int slots = pool.service().slotsPerWorker();
        Instant since = ago(600);
        return new WorkerView(
                name,
                name.startsWith("ci/stray") ? "ci/no-longer-there" : pool.name(),
                stage,
                pool.making().ladder().isEmpty() || chance(5)
                        ? offering(0)
                        : settled(oneOf(pool.making().ladder())),
                slots,
                stage == Stage.BUSY ? 1 + random.nextInt(slots) : 0,
                since.minusSeconds(random.nextInt(300)),
                since,
                0,
                chance(5) ? "t0" : "t1",
                chance(2) ? null : chance(2) ? pool.service().labels() : labels(),
                stage == Stage.REQUESTED && chance(20) ? new WorkerView.Overdue(chance(2), "waits") : null);
    }

    private OfferingMemory memory() {
        OfferingMemory memory = OfferingMemory.EMPTY;
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Offering offering = offering(0);
            memory = memory.with(
                    new Blockage(scope(offering), NOW.plusSeconds(1 + random.nextInt(3600)), "no capacity"), ago(1200));
        }
        return memory;
    }

    private Blockage.Scope scope(Offering offering) {
        if (!hosts.isEmpty() && chance(3)) {
            return new Blockage.WholeAccount(HostSlot.account(oneOf(hosts).name()));
        }
        if (offering.network() != null && chance(3)) {
            return new Blockage.WholeNetwork(offering.account(), offering.network());
        }
        return chance(4)
                ? new Blockage.WholeType(offering.account(), offering.type())
                : new Blockage.SizeAt(offering.account(), offering.size(), null, chance(2) ? offering.type() : null);
    }
}
