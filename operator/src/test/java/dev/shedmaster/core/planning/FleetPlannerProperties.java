package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.PoolPlan.WaitingJob;
import dev.shedmaster.core.slot.Need;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What holds for every fleet. The seed that a failure names makes the same fleet again. */
class FleetPlannerProperties {
    private static final Instant NOW = FleetMaker.NOW;
    private static final Policy POLICY = Policy.DEFAULT;

    private static FleetPlan plan(FleetView view) {
        return FleetPlanner.plan(view, POLICY, NOW);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void everyPlanKeepsTheLaws(@ForAll long seed) {
        FleetView view = new FleetMaker(seed).any();
        PlanLaws.hold(view, POLICY, NOW, plan(view));
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void theOrderOfWhatIsSeenDoesNotMatter(@ForAll long seed) {
        FleetView view = new FleetMaker(seed).any();
        FleetView shuffled = new FleetView(
                shuffled(view.jobs(), seed),
                view.sources(),
                shuffled(view.pools(), seed),
                shuffled(view.workers(), seed),
                shuffled(view.accounts(), seed),
                shuffled(view.hosts(), seed),
                new OfferingMemory(
                        shuffled(view.memory().blockages(), seed), view.memory().learnedAt()),
                view.removalCandidates());
        assertThat(plan(shuffled)).isEqualTo(plan(view));
    }

    private static <T> List<T> shuffled(List<T> list, long seed) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void aJobThatIsListedTwiceCountsOnce(@ForAll long seed) {
        FleetView view = new FleetMaker(seed).any();
        List<QueuedJob> twice = new ArrayList<>(view.jobs());
        twice.addAll(view.jobs());
        assertThat(plan(Relaxed.withJobs(view, twice))).isEqualTo(plan(view));
    }

    /** An idle or coming slot serves one job: what is promised of each kind is no more than there is. */
    @Property(shrinking = ShrinkingMode.OFF)
    void noSlotIsPromisedTwice(@ForAll long seed) {
        FleetView view = new FleetMaker(seed).any();
        for (PoolPlan slice :
                FleetPlanner.plan(view, POLICY.explainingAll(), NOW).pools()) {
            PoolView pool = Relaxed.pool(view, slice.pool());
            int free = 0;
            int coming = 0;
            for (WorkerView worker : view.workers()) {
                if (worker.pool().equals(pool.name())) {
                    boolean current = pool.making().blocker() != null
                            || worker.templateHash().equals(pool.making().templateHash());
                    boolean works = worker.stage() == Stage.BUSY || (worker.stage() == Stage.IDLE && current);
                    free += works ? worker.slots() - worker.busySlots() : 0;
                    coming += worker.stage().isComing() ? worker.slots() : 0;
                }
            }
            assertThat(promised(slice, Prospect.IdleWorker.class)).isLessThanOrEqualTo(free);
            assertThat(promised(slice, Prospect.StartingWorker.class)).isLessThanOrEqualTo(coming);
            assertThat(promised(slice, Prospect.NewWorker.class))
                    .isLessThanOrEqualTo(
                            (long) slice.creations().size() * pool.service().slotsPerWorker());
        }
    }

    /** A worker on its way up is promised to nobody whom its own labels do not serve, whatever its pool's have become. */
    @Property(shrinking = ShrinkingMode.OFF)
    void noJobIsPromisedAWorkerThatCannotTakeIt(@ForAll long seed) {
        FleetView view = new FleetMaker(seed).any();
        for (PoolPlan slice :
                FleetPlanner.plan(view, POLICY.explainingAll(), NOW).pools()) {
            PoolView pool = Relaxed.pool(view, slice.pool());
            for (WaitingJob waiting : slice.waiting()) {
                if (waiting.why() instanceof Prospect.StartingWorker) {
                    assertThat(view.workers())
                            .as(waiting.job().name() + " for "
                                    + waiting.job().requirement().describe())
                            .anyMatch(worker -> worker.pool().equals(pool.name())
                                    && worker.stage().isComing()
                                    && waiting.job()
                                            .requirement()
                                            .servedBy(
                                                    labels(worker, pool),
                                                    pool.service().exclusive()));
                }
            }
        }
    }

    private static Set<String> labels(WorkerView worker, PoolView pool) {
        return worker.labels() == null
                        || worker.templateHash().equals(pool.making().templateHash())
                ? pool.service().labels()
                : worker.labels();
    }

    /** What a worker would be made from now says nothing while none can be made. */
    @Property(shrinking = ShrinkingMode.OFF)
    void aBlockedPoolReplacesNobody(@ForAll long seed) {
        FleetView view = new FleetMaker(seed).any();
        for (PoolPlan slice : plan(view).pools()) {
            if (Relaxed.pool(view, slice.pool()).making().blocker() != null) {
                assertThat(slice.removals()).noneMatch(removal -> removal.why() instanceof Departure.Outdated);
            }
        }
    }

    private static long promised(PoolPlan slice, Class<? extends Prospect> kind) {
        return slice.waiting().stream()
                .filter(waiting -> kind.isInstance(waiting.why()))
                .count();
    }

    /** No job waits for a constraint while any pool that serves it could still make a machine. */
    @Property(shrinking = ShrinkingMode.OFF)
    void noJobWaitsWhileAMachineCouldBeMade(@ForAll long seed) {
        FleetView view = new FleetMaker(seed).any();
        FleetPlan plan = FleetPlanner.plan(view, POLICY.explainingAll(), NOW);
        for (PoolPlan slice : plan.pools()) {
            for (WaitingJob waiting : slice.waiting()) {
                if (waiting.why() instanceof Hold) {
                    for (PoolView pool : view.pools()) {
                        QueuedJob job = waiting.job();
                        boolean serves = !pool.state().closing()
                                && pool.service().source().equals(job.source())
                                && job.requirement()
                                        .servedBy(
                                                pool.service().labels(),
                                                pool.service().exclusive());
                        assertThat(serves && couldMakeOneMore(view, plan, pool))
                                .as(job.name() + " waits (" + waiting.why().text() + ") and " + pool.name()
                                        + " could grow")
                                .isFalse();
                    }
                }
            }
        }
    }

    private static boolean couldMakeOneMore(FleetView view, FleetPlan plan, PoolView pool) {
        PoolPlan slice = plan.pools().stream()
                .filter(candidate -> candidate.pool().equals(pool.name()))
                .findFirst()
                .orElseThrow();
        boolean broken = pool.making().blocker() != null
                || pool.state().history().consecutiveFailures() >= POLICY.failureThreshold();
        boolean full = slice.counts().workers() + slice.creations().size()
                        >= pool.size().max()
                || pool.state().machines()
                        > pool.size().max() + Math.ceil(pool.size().max() * POLICY.overshootPart());
        boolean waits = PlanLaws.isStale(view, POLICY, NOW, pool) || PlanLaws.isTurnedAway(view, pool);
        return !broken
                && !full
                && !waits
                && pool.making().ladder().stream().anyMatch(offering -> canBeHad(view, plan, pool, slice, offering));
    }

    private static boolean canBeHad(FleetView view, FleetPlan plan, PoolView pool, PoolPlan slice, Offering offering) {
        if (offering.slot() != null) {
            Need need = Objects.requireNonNull(pool.making().needs().get(offering.placement()));
            return ScenarioHosts.ledger(view, plan).room(ScenarioHosts.unrefused(view, offering, need, POLICY, NOW))
                    > 0;
        }
        if (view.memory().blocking(offering, "t1", NOW).isPresent()) {
            return false;
        }
        List<Offering> taken = new ArrayList<>();
        view.workers().forEach(worker -> taken.add(worker.offering()));
        plan.pools().forEach(other -> other.creations().forEach(creation -> taken.add(creation.offering())));
        taken.removeIf(other -> !other.account().equals(offering.account()));
        int vcpus = taken.stream().mapToInt(Offering::vcpus).sum();
        String currency = "";
        for (AccountView account : view.accounts()) {
            if (account.name().equals(offering.account())) {
                currency = account.currency();
                if (taken.size() >= account.maxWorkers().orElse(Integer.MAX_VALUE)
                        || vcpus + offering.vcpus() > account.maxVcpus().orElse(Integer.MAX_VALUE)) {
                    return false;
                }
            }
        }
        Budget budget = pool.share().budget();
        if (budget == null) {
            return true;
        }
        if (!offering.hasPrice()) {
            return budget.hardPerHour().isEmpty();
        }
        double cost = offering.hourlyPrice();
        for (WorkerView worker : view.workers()) {
            cost += worker.pool().equals(pool.name()) ? worker.offering().hourlyPrice() : 0;
        }
        for (PoolPlan.Creation creation : slice.creations()) {
            cost += creation.offering().hourlyPrice();
        }
        boolean hard = cost > budget.hardPerHour().orElse(Double.MAX_VALUE) + 1e-6;
        boolean soft = offering.type() == CapacityType.ON_DEMAND
                && cost > budget.softPerHour().orElse(Double.MAX_VALUE) + 1e-6;
        return currency.equals(budget.currency()) && !hard && !soft;
    }

    /** The constraint that a waiting job is told of really is the one: without it the job is told something else. */
    @Property(shrinking = ShrinkingMode.OFF)
    void withoutTheNamedConstraintThePlanIsAnother(@ForAll long seed) {
        FleetView view = new FleetMaker(seed).any();
        FleetPlan plan = FleetPlanner.plan(view, POLICY.explainingAll(), NOW);
        for (PoolPlan slice : plan.pools()) {
            for (WaitingJob waiting : slice.waiting()) {
                if (waiting.why() instanceof Hold hold) {
                    for (FleetView relaxed : Relaxed.without(hold, view, slice.pool())) {
                        assertThat(whatIsDone(FleetPlanner.plan(relaxed, POLICY.explainingAll(), NOW)))
                                .as(waiting.job().name() + ": " + hold.text())
                                .isNotEqualTo(whatIsDone(plan));
                    }
                    break;
                }
            }
        }
    }

    /** What is made and what each job is told, without the numbers that a relaxed constraint itself changes. */
    private static List<String> whatIsDone(FleetPlan plan) {
        List<String> done = new ArrayList<>();
        for (PoolPlan slice : plan.pools()) {
            done.add(slice.pool() + " makes "
                    + slice.creations().stream()
                            .map(PoolPlan.Creation::offering)
                            .toList());
            slice.waiting()
                    .forEach(waiting -> done.add(waiting.job().name() + " "
                            + (waiting.why() instanceof Hold.NothingFits nothing
                                    ? nothing.perOffering().stream()
                                            .map(hold -> hold.code())
                                            .toList()
                                    : waiting.why().code())));
        }
        return done;
    }

    /** Until it says to look again, time alone changes nothing that is done. */
    @Property(shrinking = ShrinkingMode.OFF)
    void nothingChangesBeforeTheNextLook(@ForAll long seed) {
        FleetView view = new FleetMaker(seed).any();
        FleetPlan plan = plan(view);
        Instant look = plan.nextLook() == null ? NOW.plus(Duration.ofDays(1)) : plan.nextLook();
        long wait = Duration.between(NOW, look).toMillis();
        Map<String, Instant> candidates = new HashMap<>(view.removalCandidates());
        candidates.putAll(plan.removalCandidates());
        FleetView later = Relaxed.withCandidates(view, candidates);
        assertThat(acts(plan(later))).as("with its own candidates").isEqualTo(acts(plan));
        for (long part : new long[] {1, wait / 2, wait - 1}) {
            if (part > 0 && part < wait) {
                assertThat(acts(FleetPlanner.plan(later, POLICY, NOW.plusMillis(part))))
                        .as("after " + part + " of " + wait + " ms")
                        .isEqualTo(acts(plan));
            }
        }
    }

    private static List<String> acts(FleetPlan plan) {
        List<String> acts = new ArrayList<>();
        for (PoolPlan slice : plan.pools()) {
            slice.creations().forEach(creation -> acts.add(slice.pool() + " + " + creation.offering()));
            slice.removals().forEach(removal -> acts.add(slice.pool() + " - " + removal.worker()));
        }
        return acts;
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void withoutLimitsEveryJobHasAWorkerInProspect(@ForAll long seed) {
        FleetView view = Relaxed.unlimited(new FleetMaker(seed).any());
        FleetPlan plan = FleetPlanner.plan(view, POLICY.explainingAll(), NOW);
        for (PoolPlan slice : plan.pools()) {
            assertThat(slice.waiting())
                    .allSatisfy(waiting -> assertThat(waiting.why()).isInstanceOf(Prospect.class));
        }
    }
}
