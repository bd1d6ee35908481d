package dev.shedmaster.bench.rules;

import dev.shedmaster.bench.simulation.Job;
import dev.shedmaster.bench.simulation.Machine;
import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Scaler;
import dev.shedmaster.bench.simulation.Site;
import dev.shedmaster.bench.simulation.TokenBucket;
import dev.shedmaster.ci.PollInterval;
import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Requirement;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.AccountView;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.FleetPlanner;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.Policy;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.PoolView;
import dev.shedmaster.core.planning.SourceView;
import dev.shedmaster.core.planning.Stage;
import dev.shedmaster.core.planning.WorkerView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The operator's shell around the planner, as far as it costs time: readings, the pause between two plans, the way from a plan
 * to the call, and the subscription's rate.
 */
final class ShedmasterScaler implements Scaler {
    private static final String SOURCE = "bench/jenkins";
    private static final String ACCOUNT = "bench/azure";
    private static final String CURRENCY = "EUR";
    private static final int NO_LIMIT = 10_000;
    private static final Duration SHORTEST_POLL =
            Duration.parse("PT" + dev.shedmaster.api.v1alpha1.PollInterval.DEFAULT.minInterval());

    /** From a plan to the call that it wants, one job at a time: half a second as measured, see docs/benchmarks.md. */
    private static final Duration PLAN_TO_CALL = Duration.ofMillis(500);

    private final Site site;
    private final Policy policy = Policy.DEFAULT;
    private final TokenBucket creates;
    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final List<PoolView> poolViews = new ArrayList<>();
    private final Map<Set<String>, Requirement> requirements = new HashMap<>();
    private final Map<String, Worker> workers = new LinkedHashMap<>();
    private PollInterval poll;
    private boolean changed;
    private List<QueuedJob> queue = List.of();
    private Instant readAt;
    private Instant plannedAt = Instant.MIN;
    private @Nullable Instant nextPlan;
    private Map<String, Instant> candidates = Map.of();
    private int made;

    /** A worker as it is recorded: what the last reading told, and what was done since. */
    private static final class Worker {
        private final String name;
        private final String pool;
        private final Offering offering;
        private final Instant bornAt;
        private Stage stage = Stage.REQUESTED;
        private Instant since;
        private @Nullable Machine machine;

        Worker(String name, String pool, Offering offering, Instant now) {
            this.name = name;
            this.pool = pool;
            this.offering = offering;
            this.bornAt = now;
            this.since = now;
        }

        void enter(Stage next, Instant now) {
            if (stage != next) {
                stage = next;
                since = now;
            }
        }

        WorkerView view() {
            int busySlots = stage == Stage.BUSY || stage == Stage.DRAINING ? 1 : 0;
            return new WorkerView(name, pool, stage, offering, 1, busySlots, bornAt, since, 0, "template", null, null);
        }
    }

    ShedmasterScaler(Site site, ShedmasterRule rule) {
        this.site = site;
        this.creates = new TokenBucket(rule.creates().burst(), rule.creates().perSecond());
        this.poll = PollInterval.between(SHORTEST_POLL, rule.longestPoll());
        this.readAt = site.now();
        for (Pool pool : site.pools()) {
            String name = "bench/" + pool.name();
            pools.put(name, pool);
            poolViews.add(view(name, pool, rule.idleTimeout()));
        }
        site.after(site.phase(rule.longestPoll()), this::read);
    }

    private static PoolView view(String name, Pool pool, Duration idleTimeout) {
        Offering offering = new Offering(
                "azure", ACCOUNT, pool.name(), "family", null, CapacityType.ON_DEMAND, 8, pool.hourlyPrice());
        return new PoolView(
                name,
                new PoolView.Service(SOURCE, pool.labels(), false, 1),
                new PoolView.Size(0, NO_LIMIT, idleTimeout),
                new PoolView.Share(0, 1, null),
                new PoolView.Making("template", List.of(offering), null),
                PoolView.State.NEW);
    }

    @Override
    public void queued(Job job) {
        changed = true;
    }

    @Override
    public void started(Job job, Machine machine) {
        changed = true;
    }

    @Override
    public void finished(Job job, Machine machine) {
        changed = true;
    }

    @Override
    public void connected(Machine machine) {
        changed = true;
    }

    /** Takes a reading of the CI system: its queue and its agents. */
    private void read() {
        readAt = site.now();
        if (changed) {
            changed = false;
            queue = site.waiting().stream().map(this::queuedJob).toList();
            workers.values().forEach(this::see);
            workers.values().removeIf(worker -> worker.machine != null && worker.machine.isGone());
            poll = poll.afterActivity();
            planAt(readAt);
        } else {
            poll = queue.isEmpty() ? poll.afterQuiet() : poll.afterActivity();
        }
        site.after(poll.delay(), this::read);
    }

    private void see(Worker worker) {
        Machine machine = worker.machine;
        if (machine == null) {
            return;
        }
        if (machine.isSpent()) {
            site.retire(machine);
        } else if (worker.stage != Stage.DRAINING && !machine.isComing()) {
            worker.enter(machine.isBusy() ? Stage.BUSY : Stage.IDLE, readAt);
        }
    }

    private QueuedJob queuedJob(Job job) {
        Requirement requirement = requirements.computeIfAbsent(job.needs(), ShedmasterScaler::requirement);
        return new QueuedJob(SOURCE, "" + job.number(), "job " + job.number(), requirement, job.queuedAt());
    }

    private static Requirement requirement(Set<String> labels) {
        try {
            return new Labelled(LabelExpression.parse(String.join(" && ", new TreeSet<>(labels))));
        } catch (LabelSyntaxException e) {
            throw new IllegalArgumentException("needs: " + labels + " are no labels of Jenkins'", e);
        }
    }

    /** Plans then, or as soon after that as the pause between two plans allows. */
    private void planAt(Instant wanted) {
        Instant earliest = plannedAt.equals(Instant.MIN) ? wanted : plannedAt.plus(policy.batch());
        Instant at = wanted.isBefore(earliest) ? earliest : wanted;
        if (nextPlan == null || at.isBefore(nextPlan)) {
            nextPlan = at;
            site.after(Duration.between(site.now(), at), () -> {
                if (at.equals(nextPlan)) {
                    plan();
                }
            });
        }
    }

    private void plan() {
        Instant now = site.now();
        nextPlan = null;
        plannedAt = now;
        FleetPlan plan = FleetPlanner.plan(fleet(), policy, now);
        candidates = plan.removalCandidates();
        for (PoolPlan part : plan.pools()) {
            part.creations().forEach(creation -> make(part.pool(), creation.offering()));
            part.removals().forEach(removal -> remove(removal.worker()));
        }
        if (plan.nextLook() != null) {
            planAt(plan.nextLook());
        }
    }

    private FleetView fleet() {
        return new FleetView(
                queue,
                Map.of(SOURCE, new SourceView(SOURCE, readAt, OutsideAgents.NONE)),
                poolViews,
                workers.values().stream().map(Worker::view).toList(),
                List.of(new AccountView(ACCOUNT, OptionalInt.empty(), OptionalInt.empty(), CURRENCY)),
                OfferingMemory.EMPTY,
                candidates);
    }

    private void make(String pool, Offering offering) {
        Instant now = site.now();
        Worker worker = new Worker("bench/worker-" + made++, pool, offering, now);
        workers.put(worker.name, worker);
        Instant call = creates.take(now.plus(PLAN_TO_CALL));
        site.after(Duration.between(now, call), () -> {
            Pool kind = pools.get(pool);
            if (kind == null) {
                throw new IllegalStateException("there is no pool " + pool);
            }
            worker.machine = site.launch(kind);
            worker.enter(Stage.STARTING, site.now());
        });
    }

    private void remove(String name) {
        Worker worker = workers.get(name);
        if (worker == null || worker.machine == null) {
            throw new IllegalStateException("worker " + name + " has no machine to be removed");
        }
        site.retire(worker.machine);
        if (worker.machine.isGone()) {
            workers.remove(name);
        } else {
            worker.enter(Stage.DRAINING, site.now());
        }
    }
}
