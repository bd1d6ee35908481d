package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.planning.PoolPlan.Creation;
import dev.shedmaster.core.planning.PoolPlan.Removal;
import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.slot.Need;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What every plan keeps to, whatever the fleet. */
final class PlanLaws {
    private final FleetView view;
    private final FleetPlan plan;
    private final Map<String, WorkerView> workers = new HashMap<>();
    private final Map<String, PoolView> pools = new HashMap<>();

    private PlanLaws(FleetView view, FleetPlan plan) {
        this.view = view;
        this.plan = plan;
        view.workers().forEach(worker -> workers.put(worker.name(), worker));
        view.pools().forEach(pool -> pools.put(pool.name(), pool));
    }

    static void hold(FleetView view, Policy policy, Instant now, FleetPlan plan) {
        PlanLaws laws = new PlanLaws(view, plan);
        laws.everyJobIsCountedOnce();
        laws.numbersAgree();
        laws.neverAboveMaximum();
        laws.neverWhileMoreIsShown();
        laws.neverAboveAccountLimits();
        laws.hostsAreNeverOverCommitted();
        laws.noneIsMadeInVain(policy, now);
        laws.neverAboveHardBudget();
        laws.onlyWhatMayGoGoes();
        laws.minimumIsKept();
        laws.noMoreIsMadeThanNeeded();
        laws.everyJobIsExplained(policy, now);
        if (plan.nextLook() != null) {
            assertThat(plan.nextLook()).isAfter(now);
        }
    }

    private PoolView pool(PoolPlan slice) {
        PoolView pool = pools.get(slice.pool());
        assertThat(pool).isNotNull();
        return pool;
    }

    private List<WorkerView> workersOf(PoolView pool) {
        return view.workers().stream()
                .filter(worker -> worker.pool().equals(pool.name()))
                .toList();
    }

    private void everyJobIsCountedOnce() {
        int counted =
                plan.pools().stream().mapToInt(slice -> slice.counts().queued()).sum();
        int unmatched =
                plan.unmatched().stream().mapToInt(UnmatchedDemand::jobs).sum();
        Set<String> distinct = new HashSet<>();
        view.jobs().forEach(job -> distinct.add(job.source() + "\n" + job.id()));
        assertThat(counted + unmatched).as("jobs counted").isEqualTo(distinct.size());
    }

    private void numbersAgree() {
        for (PoolPlan slice : plan.pools()) {
            PoolPlan.PoolCounts counts = slice.counts();
            assertThat(counts.idle() + counts.busy() + counts.starting() + counts.draining() + counts.failed())
                    .as(slice.pool())
                    .isEqualTo(counts.workers());
            assertThat(slice.reasons().getFirst()).isInstanceOfSatisfying(Sizing.class, sizing -> {
                assertThat(sizing.wanted()).isEqualTo(counts.desired());
                assertThat(sizing.busy()
                                + sizing.idle()
                                + sizing.starting()
                                + sizing.forMinimum()
                                + sizing.forJobs()
                                + sizing.ahead())
                        .as(slice.pool() + " " + sizing.text())
                        .isEqualTo(sizing.wanted());
                assertThat(sizing.idle()).isNotNegative();
                assertThat(sizing.created()).isEqualTo(slice.creations().size());
            });
        }
    }

    private void neverAboveMaximum() {
        for (PoolPlan slice : plan.pools()) {
            if (!slice.creations().isEmpty()) {
                assertThat(slice.counts().workers() + slice.creations().size())
                        .as("workers of " + slice.pool())
                        .isLessThanOrEqualTo(pool(slice).size().max());
            }
        }
    }

    private void neverWhileMoreIsShown() {
        for (PoolPlan slice : plan.pools()) {
            if (!slice.creations().isEmpty()) {
                assertThat((double) pool(slice).state().machines())
                        .as("machines of " + slice.pool())
                        .isLessThan(pool(slice).size().max() * 1.1 + 1);
            }
        }
    }

    private void neverAboveAccountLimits() {
        List<Offering> made = new ArrayList<>();
        plan.pools().forEach(slice -> slice.creations().forEach(creation -> made.add(creation.offering())));
        for (AccountView account : view.accounts()) {
            List<Offering> mine = made.stream()
                    .filter(offering -> offering.account().equals(account.name()))
                    .toList();
            if (mine.isEmpty()) {
                continue;
            }
            List<Offering> all = new ArrayList<>(mine);
            view.workers().stream()
                    .map(WorkerView::offering)
                    .filter(offering -> offering.account().equals(account.name()))
                    .forEach(all::add);
            account.maxWorkers().ifPresent(max -> assertThat(all).hasSizeLessThanOrEqualTo(max));
            account.maxVcpus()
                    .ifPresent(max -> assertThat(
                                    all.stream().mapToInt(Offering::vcpus).sum())
                            .isLessThanOrEqualTo(max));
        }
    }

    /** Of no host is more given away than it has, and none that is not meant, or takes nobody, gets a worker. */
    private void hostsAreNeverOverCommitted() {
        Map<String, HostView> hosts = new HashMap<>();
        view.hosts().forEach(host -> hosts.put(host.name(), host));
        Map<String, List<Amount>> taken = new HashMap<>();
        view.workers().forEach(worker -> takes(worker.offering(), taken));
        Map<String, Integer> filled = new HashMap<>();
        for (PoolPlan slice : plan.pools()) {
            for (Creation creation : slice.creations()) {
                HostSlot slot = creation.offering().slot();
                if (slot == null) {
                    continue;
                }
                HostSlot.Site site = slot.site();
                assertThat(site)
                        .as("the host of a new worker of " + slice.pool())
                        .isNotNull();
                Need need = Objects.requireNonNull(
                        pool(slice).making().needs().get(creation.offering().placement()));
                assertThat(need.hosts()).contains(site.host());
                assertThat(slot.amount()).isEqualTo(need.shape().amount());
                assertThat(slot.zone()).isEqualTo(need.zone());
                assertThat(need.shape().isolations()).contains(site.isolation());
                HostView host = Objects.requireNonNull(hosts.get(site.host()));
                assertThat(host.standing()).isEqualTo(HostView.Standing.OPEN);
                assertThat(host.architecture()).isEqualTo(need.shape().architecture());
                assertThat(
                                need.zone() == null
                                        ? host.zones().isEmpty()
                                        : host.zones().contains(need.zone()))
                        .isTrue();
                takes(creation.offering(), taken);
                filled.merge(site.host(), slot.amount().kvmSlots(), Integer::sum);
            }
        }
        for (String host : filled.keySet()) {
            Amount all = Objects.requireNonNull(hosts.get(host)).capacity().forWorkers();
            List<Amount> amounts = Objects.requireNonNull(taken.get(host));
            assertThat(amounts.stream().mapToInt(Amount::cpus).sum())
                    .as("CPUs of " + host)
                    .isLessThanOrEqualTo(all.cpus());
            assertThat(amounts.stream().mapToLong(Amount::memoryMib).sum())
                    .as("memory of " + host)
                    .isLessThanOrEqualTo(all.memoryMib());
            if (filled.get(host) > 0) {
                assertThat(amounts.stream().mapToInt(Amount::kvmSlots).sum())
                        .as("KVM slots of " + host)
                        .isLessThanOrEqualTo(all.kvmSlots());
            }
        }
    }

    private static void takes(Offering offering, Map<String, List<Amount>> taken) {
        if (offering.slot() != null && offering.slot().site() != null) {
            taken.computeIfAbsent(offering.slot().site().host(), host -> new ArrayList<>())
                    .add(offering.slot().amount());
        }
    }

    /** A worker whose source is silent or does not register its pool's workers gets no machine. */
    private void noneIsMadeInVain(Policy policy, Instant now) {
        for (PoolPlan slice : plan.pools()) {
            if (isStale(view, policy, now, pool(slice)) || isTurnedAway(view, pool(slice))) {
                assertThat(slice.creations()).as(slice.pool()).isEmpty();
            }
        }
    }

    /** Whether workers of its wait in vain to be registered. */
    static boolean isTurnedAway(FleetView view, PoolView pool) {
        return view.workers().stream()
                .anyMatch(worker -> worker.pool().equals(pool.name())
                        && worker.overdue() != null
                        && worker.overdue().unregistered());
    }

    static boolean isStale(FleetView view, Policy policy, Instant now, PoolView pool) {
        SourceView source = view.sources().get(pool.service().source());
        return source == null
                || source.lastReading() == null
                || !source.lastReading().plus(policy.staleAfter()).isAfter(now);
    }

    private void neverAboveHardBudget() {
        for (PoolPlan slice : plan.pools()) {
            PoolView pool = pool(slice);
            Budget budget = pool.share().budget();
            double made = slice.creations().stream()
                    .mapToDouble(creation -> creation.offering().hourlyPrice())
                    .sum();
            if (budget != null
                    && budget.hardPerHour().isPresent()
                    && !slice.creations().isEmpty()) {
                assertThat(slice.creations())
                        .allMatch(creation -> creation.offering().hasPrice());
                double there = workersOf(pool).stream()
                        .mapToDouble(worker -> worker.offering().hourlyPrice())
                        .sum();
                // What costs nothing no budget keeps from, not even one that is exceeded already.
                if (made > 0) {
                    assertThat(there + made)
                            .isLessThanOrEqualTo(budget.hardPerHour().getAsDouble() + 1e-6);
                }
            }
        }
    }

    private WorkerView named(Removal removal) {
        WorkerView worker = workers.get(removal.worker());
        assertThat(worker).as(removal.worker()).isNotNull();
        return worker;
    }

    private void onlyWhatMayGoGoes() {
        Set<String> gone = new HashSet<>();
        for (PoolPlan slice : plan.pools()) {
            PoolView pool = pool(slice);
            for (Removal removal : slice.removals()) {
                WorkerView worker = named(removal);
                assertThat(gone.add(removal.worker())).as("removed once").isTrue();
                assertThat(worker.pool()).isEqualTo(slice.pool());
                assertThat(worker.busySlots())
                        .as("busy slots of " + worker.name())
                        .isZero();
                assertThat(worker.stage()).isIn(mayGo(pool, removal.why()));
            }
            for (Removal retirement : slice.retirements()) {
                assertThat(pool.state().closing()).isTrue();
                assertThat(named(retirement).stage()).isEqualTo(Stage.BUSY);
            }
        }
    }

    private static List<Stage> mayGo(PoolView pool, Reason why) {
        if (pool.state().closing()) {
            return List.of(Stage.IDLE, Stage.REQUESTED, Stage.STARTING, Stage.FAILED);
        }
        return why instanceof Departure.SourceSilent || why instanceof Departure.OneTriesOn
                ? List.of(Stage.REQUESTED)
                : List.of(Stage.IDLE, Stage.FAILED);
    }

    /** Below its minimum a pool goes only to replace a worker of a former template that takes the last place. */
    private void minimumIsKept() {
        for (PoolPlan slice : plan.pools()) {
            PoolView pool = pool(slice);
            if (pool.state().closing()) {
                continue;
            }
            List<WorkerView> going = slice.removals().stream()
                    .map(this::named)
                    .filter(worker -> worker.stage() == Stage.IDLE)
                    .toList();
            int live = (int) workersOf(pool).stream()
                    .filter(worker -> worker.stage().isLive())
                    .count();
            boolean lastPlace = going.size() == 1
                    && (!going.getFirst().templateHash().equals(pool.making().templateHash())
                            || slice.removals().stream()
                                    .anyMatch(removal -> removal.why() instanceof Departure.HostDrains));
            boolean tooMany =
                    slice.removals().stream().anyMatch(removal -> removal.why() instanceof Departure.AboveMaximum);
            if (!going.isEmpty() && !lastPlace && !tooMany) {
                assertThat(live + slice.creations().size() - going.size())
                        .as("workers left in " + slice.pool())
                        .isGreaterThanOrEqualTo(pool.size().min());
            }
        }
    }

    private void noMoreIsMadeThanNeeded() {
        for (PoolPlan slice : plan.pools()) {
            PoolView pool = pool(slice);
            int bySlots = Math.ceilDiv(
                    slice.counts().queued() + pool.state().foresight().slots(),
                    pool.service().slotsPerWorker());
            assertThat(slice.creations().size())
                    .as("made for " + slice.pool())
                    .isLessThanOrEqualTo(bySlots + pool.size().min());
            for (Creation creation : slice.creations()) {
                assertThat(pool.making().ladder()).contains(creation.offering().open());
                assertThat(pool.state().closing()).isFalse();
                assertThat(pool.making().blocker()).isNull();
            }
        }
    }

    private void everyJobIsExplained(Policy policy, Instant now) {
        FleetPlan whole = FleetPlanner.plan(view, policy.explainingAll(), now);
        for (PoolPlan slice : whole.pools()) {
            assertThat(slice.waiting()).as(slice.pool()).hasSize(slice.counts().queued());
            slice.waiting().forEach(waiting -> assertThat(waiting.why().text()).isNotBlank());
        }
        for (int i = 0; i < plan.pools().size(); i++) {
            PoolPlan brief = plan.pools().get(i);
            assertThat(brief.waiting())
                    .isEqualTo(whole.pools().get(i).waiting().stream()
                            .limit(policy.waitingShown())
                            .toList());
        }
    }
}
