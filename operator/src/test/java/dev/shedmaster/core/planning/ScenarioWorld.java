package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Requirement;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.slot.HostView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A small world that a scenario moves and that carries out the plans made for it. */
final class ScenarioWorld {
    private final Map<String, @Nullable Instant> sources = new TreeMap<>();
    private final Map<String, OutsideAgents.Gathering> outside = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private final Map<String, AccountView> accounts = new TreeMap<>();
    private final Map<String, HostView> hosts = new TreeMap<>();
    private final Map<String, PoolView> pools = new TreeMap<>();
    private final Map<String, WorkerView> workers = new LinkedHashMap<>();
    private final List<QueuedJob> queue = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private OfferingMemory memory = OfferingMemory.EMPTY;
    private Map<String, Instant> candidates = Map.of();
    private int jobs;

    void addSource(String name) {
        sources.put(name, null);
    }

    void addAccount(AccountView account) {
        accounts.put(account.name(), account);
    }

    void addHost(HostView host) {
        hosts.put(host.name(), host);
    }

    HostView host(String name) {
        HostView host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("no host is called " + name);
        }
        return host;
    }

    void addPool(PoolView pool) {
        pools.put(pool.name(), pool);
    }

    PoolView pool(String name) {
        PoolView pool = pools.get(name);
        if (pool == null) {
            throw new IllegalArgumentException("no pool is called " + name);
        }
        return pool;
    }

    void change(String pool, UnaryOperator<PoolView> change) {
        pools.put(pool, change.apply(pool(pool)));
    }

    void addWorker(WorkerView worker) {
        workers.put(worker.name(), worker);
    }

    String newName(String pool) {
        String name;
        do {
            name = "%s-%02d".formatted(pool, names.merge(pool, 1, Integer::sum));
        } while (workers.containsKey(name));
        return name;
    }

    void silence(String source, boolean on) {
        if (on) {
            silent.add(source);
        } else {
            silent.remove(source);
        }
    }

    void addAgent(String source, String name, Set<String> labels, OutsideAgents.State state) {
        outside.computeIfAbsent(source, s -> new OutsideAgents.Gathering()).add(name, labels, state);
    }

    /** The next reading after the last that worked failed, or the first one did. */
    private static Instant silentSince(@Nullable Instant last, Instant now) {
        return last == null ? now : last.plusSeconds(3);
    }

    private OutsideAgents outside(String source) {
        OutsideAgents.Gathering gathered = outside.get(source);
        return gathered == null ? OutsideAgents.NONE : gathered.done();
    }

    FleetView view(Instant now) {
        Map<String, SourceView> seen = new HashMap<>();
        sources.replaceAll((name, last) -> silent.contains(name) ? last : now);
        sources.forEach((name, last) -> seen.put(
                name,
                new SourceView(name, last, silent.contains(name) ? silentSince(last, now) : null, outside(name))));
        return new FleetView(
                queue,
                seen,
                List.copyOf(pools.values()),
                List.copyOf(workers.values()),
                List.copyOf(accounts.values()),
                List.copyOf(hosts.values()),
                memory,
                candidates);
    }

    void carryOut(FleetPlan plan, Instant now) {
        candidates = plan.removalCandidates();
        for (PoolPlan pool : plan.pools()) {
            for (PoolPlan.Creation creation : pool.creations()) {
                PoolView view = pool(pool.pool());
                addWorker(new WorkerView(
                        newName(view.name()),
                        view.name(),
                        Stage.REQUESTED,
                        creation.offering(),
                        view.service().slotsPerWorker(),
                        0,
                        now,
                        now,
                        0,
                        view.making().templateHash(),
                        view.service().labels(),
                        null));
            }
            pool.removals().forEach(removal -> move(removal.worker(), Stage.DRAINING, 0, now));
            pool.retirements().forEach(removal -> move(removal.worker(), Stage.DRAINING, 1, now));
        }
    }

    void arrive(String source, int count, String asksFor, Instant now) {
        for (int i = 0; i < count; i++) {
            jobs++;
            queue.add(new QueuedJob(source, "%06d".formatted(jobs), "job-" + jobs, requirement(asksFor), now));
        }
    }

    void cancel(String source, int count, String asksFor) {
        for (int i = 0; i < count; i++) {
            queue.remove(queue.reversed().stream()
                    .filter(job ->
                            job.source().equals(source) && job.requirement().equals(requirement(asksFor)))
                    .findFirst()
                    .orElseThrow());
        }
    }

    static Requirement requirement(String asksFor) {
        try {
            return asksFor.equals("anything") ? new Unlabelled() : new Labelled(LabelExpression.parse(asksFor));
        } catch (LabelSyntaxException e) {
            throw new IllegalArgumentException(asksFor, e);
        }
    }

    /** Moves the oldest workers of a pool that are in a stage like this. */
    void moveSome(String pool, int count, Predicate<Stage> from, Stage to, Instant now) {
        List<WorkerView> found = workers.values().stream()
                .filter(worker -> worker.pool().equals(pool) && from.test(worker.stage()))
                .sorted(Comparator.comparing(WorkerView::createdAt))
                .limit(count)
                .toList();
        if (found.size() < count) {
            throw new IllegalArgumentException("pool " + pool + " has only " + found.size() + " such workers");
        }
        found.forEach(worker -> move(worker.name(), to, 0, now));
    }

    void moveOne(WorkerView worker, Stage to, int busy, Instant now) {
        move(worker.name(), to, busy, now);
    }

    void forget(WorkerView worker) {
        workers.remove(worker.name());
    }

    void connectAll(Instant now) {
        List.copyOf(workers.values()).stream()
                .filter(worker -> worker.stage().isComing())
                .forEach(worker -> move(worker.name(), Stage.IDLE, 0, now));
        pools.replaceAll((name, pool) -> ScenarioPools.withHistory(pool, BootHistory.NONE));
    }

    void fail(String pool, int count, boolean keep, String why, Instant now) {
        moveSome(pool, count, Stage::isComing, keep ? Stage.FAILED : Stage.DELETING, now);
        int before = pool(pool).state().history().consecutiveFailures();
        change(pool, view -> ScenarioPools.withHistory(view, new BootHistory(before + count, now, why)));
    }

    /** The CI system hands out jobs, oldest first, to whatever fits. */
    void takeJobs(Instant now) {
        for (QueuedJob job : List.copyOf(queue)) {
            for (WorkerView worker : List.copyOf(workers.values())) {
                PoolView pool = pool(worker.pool());
                boolean works = worker.stage() == Stage.IDLE || worker.stage() == Stage.BUSY;
                if (works
                        && worker.busySlots() < worker.slots()
                        && pool.service().source().equals(job.source())
                        && job.requirement()
                                .servedBy(labels(worker, pool), pool.service().exclusive())) {
                    move(worker.name(), Stage.BUSY, worker.busySlots() + 1, now);
                    queue.remove(job);
                    break;
                }
            }
        }
    }

    /** Those that it was registered with, whatever its pool's are now. */
    private static Set<String> labels(WorkerView worker, PoolView pool) {
        return worker.labels() == null ? pool.service().labels() : worker.labels();
    }

    void endJobs(String pool, int count, Instant now) {
        for (int i = 0; i < count; i++) {
            WorkerView worker = workers.values().stream()
                    .filter(candidate -> candidate.pool().equals(pool) && candidate.busySlots() > 0)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no job runs in " + pool));
            int busy = worker.busySlots() - 1;
            Stage next = worker.stage() == Stage.DRAINING ? Stage.DRAINING : busy == 0 ? Stage.IDLE : Stage.BUSY;
            move(worker.name(), next, busy, now);
        }
    }

    void leave() {
        workers.values().removeIf(worker -> worker.stage().isLeaving() && worker.busySlots() == 0);
    }

    void refuse(String account, String size, @Nullable String type, Instant until, String why, Instant now) {
        dev.shedmaster.core.placement.CapacityType sold =
                type == null ? null : dev.shedmaster.core.placement.CapacityType.valueOf(type);
        refuse(new Blockage.SizeAt(account, size, null, sold), until, why, now);
    }

    void refuse(Blockage.Scope scope, Instant until, String why, Instant now) {
        memory = memory.with(new Blockage(scope, until, why), now);
    }

    void close(String account, Blockage.Closure closure, Instant until, String why, Instant now) {
        memory = memory.with(new Blockage(new Blockage.ClosedAccount(account, closure), until, why), now);
    }

    void findWrong(String pool, String placement, Instant until, String why, Instant now) {
        Blockage.Scope scope = new Blockage.UnfitOrder(pool(pool).making().templateHash(), offering(pool, placement));
        memory = memory.with(new Blockage(scope, until, why), now);
    }

    void open(String account) {
        memory = memory.without(known -> known.scope() instanceof Blockage.ClosedAccount closed
                && closed.account().equals(account)
                && closed.closure() != Blockage.Closure.WANTS_REST);
    }

    private void move(String name, Stage stage, int busy, Instant now) {
        WorkerView old = workers.get(name);
        if (old == null) {
            throw new IllegalArgumentException("no worker is called " + name);
        }
        workers.put(
                name,
                new WorkerView(
                        name,
                        old.pool(),
                        stage,
                        old.offering(),
                        old.slots(),
                        busy,
                        old.createdAt(),
                        old.stage() == stage ? old.stageSince() : now,
                        old.jobsDone() + (busy < old.busySlots() ? 1 : 0),
                        old.templateHash(),
                        old.labels(),
                        stage == Stage.REQUESTED ? old.overdue() : null));
    }

    /** Those of the pool that are still to be asked for are late: its CI system does not register them. */
    void turnAway(String pool, String why) {
        workers.replaceAll((name, worker) -> worker.pool().equals(pool) && worker.stage() == Stage.REQUESTED
                ? waiting(worker, new WorkerView.Overdue(true, why))
                : worker);
    }

    static WorkerView waiting(WorkerView worker, WorkerView.@Nullable Overdue overdue) {
        return new WorkerView(
                worker.name(),
                worker.pool(),
                worker.stage(),
                worker.offering(),
                worker.slots(),
                worker.busySlots(),
                worker.createdAt(),
                worker.stageSince(),
                worker.jobsDone(),
                worker.templateHash(),
                worker.labels(),
                overdue);
    }

    Offering offering(String pool, String placement) {
        return pool(pool).making().ladder().stream()
                .filter(offering -> offering.placement().equals(placement))
                .findFirst()
                .orElseThrow();
    }
}
