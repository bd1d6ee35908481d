package dev.shedmaster.core.planning;

import dev.shedmaster.core.planning.PoolLedger.Need;
import dev.shedmaster.core.planning.PoolPlan.Removal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which of one pool's workers go. Each idle worker has its own timer; who became idle last is kept longest, so that the
 * tail of a burst ages out. A worker with a job never goes.
 */
final class ScaleDown {
    private static final Comparator<WorkerView> LONGEST_IDLE_FIRST =
            Comparator.comparing(WorkerView::stageSince).thenComparing(WorkerView::name);

    private final Fleet fleet;
    private final PoolLedger pool;
    private final Horizon horizon;

    /** They go at once: the user has said so, or nothing is lost with them. */
    private final List<Removal> certain = new ArrayList<>();

    private final List<Removal> retirements = new ArrayList<>();

    /** They shall go, if what speaks for it lasts. */
    private final List<WorkerView> wanted = new ArrayList<>();

    private final List<Departure> wantedWhy = new ArrayList<>();

    /** Idle workers that nothing needs and that stay for now, longest idle first. */
    private final List<WorkerView> spare = new ArrayList<>();

    /** Of these, the ones whose time is not yet up. */
    private final List<WorkerView> patient = new ArrayList<>();

    private final List<Hold> holds = new ArrayList<>();
    private final List<Removal> removals = new ArrayList<>();
    private int lasting;
    private int goingLive;

    ScaleDown(Fleet fleet, PoolLedger pool, Horizon horizon) {
        this.fleet = fleet;
        this.pool = pool;
        this.horizon = horizon;
        this.lasting = pool.lasting();
    }

    PoolLedger pool() {
        return pool;
    }

    /** Decides who shall go, given how many of the pool's slots are for queued jobs. */
    void decide(int usedSlots) {
        PoolView view = pool.view();
        if (view.state().closing()) {
            close();
            return;
        }
        if (pool.idle() > 0 || pool.wants(Need.MINIMUM) || pool.wants(Need.AHEAD)) {
            fleet.lookWhenReadingsAge(pool, horizon);
        }
        if (pool.isAsking() || pool.wants(Need.JOBS)) {
            fleet.lookWhenItsReadingIsTooOld(pool, horizon);
        }
        withdraw();
        if (pool.stale()) {
            if (pool.idle() > 0) {
                holds.add(new Hold.SourceStale(
                        view.service().source(),
                        fleet.lastReadingOf(view.service().source())));
            }
            return;
        }
        replaceOutdated();
        List<WorkerView> idle = new ArrayList<>(pool.current());
        idle.sort(LONGEST_IDLE_FIRST);
        int free = pool.freeSlots() - pool.busyFreeSlots();
        int reserved = Math.max(0, Math.min(usedSlots, pool.freeSlots()) - pool.busyFreeSlots());
        int spareElsewhere = pool.slots() - usedSlots - (free - reserved);
        int firstReserved = newest(idle, idle.size(), reserved);
        int firstAhead = newest(idle, firstReserved, ahead() - spareElsewhere);
        if (firstAhead < firstReserved) {
            Foresight foresight = view.state().foresight();
            holds.add(new Hold.KeptAhead(
                    firstReserved - firstAhead, foresight.announced(), foresight.buffer(), foresight.basis()));
        }
        ageOut(idle.subList(0, firstAhead));
        spare.addAll(idle.subList(firstAhead, firstReserved));
        keepForQueuedJobs(idle.subList(firstReserved, idle.size()));
    }

    /** From which index on, before {@code end}, the workers together have that many slots. */
    private static int newest(List<WorkerView> idle, int end, int slots) {
        int first = end;
        for (int open = slots; first > 0 && open > 0; first--) {
            open -= idle.get(first - 1).slots();
        }
        return first;
    }

    /** Beyond its soft budget a pool keeps nothing for what may come. */
    private int ahead() {
        Budget budget = pool.view().share().budget();
        boolean dear = budget != null
                && budget.softPerHour().isPresent()
                && pool.costMicros() > Math.round(budget.softPerHour().getAsDouble() * 1e6);
        return dear ? 0 : pool.view().state().foresight().slots();
    }

    private void ageOut(List<WorkerView> longestIdleFirst) {
        PoolView view = pool.view();
        int live = pool.live();
        int keptForMinimum = 0;
        for (WorkerView worker : longestIdleFirst) {
            Duration idle = fleet.age(worker.stageSince());
            if (live - wanted.size() > view.size().max()) {
                want(worker, new Departure.AboveMaximum(live, view.size().max()));
                lasting--;
            } else if (lasting <= view.size().min()) {
                keptForMinimum++;
                spare.add(worker);
            } else if (idle.compareTo(view.size().idleTimeout()) >= 0) {
                want(worker, new Departure.IdleTooLong(idle, view.size().idleTimeout()));
                lasting--;
            } else {
                horizon.lookAt(worker.stageSince().plus(view.size().idleTimeout()));
                patient.add(worker);
                spare.add(worker);
            }
        }
        if (keptForMinimum > 0) {
            holds.add(new Hold.KeptForMinimum(
                    keptForMinimum, view.size().min(), view.size().minNote()));
        }
    }

    /** That a job does not get its worker has a cause at its source: it is told of those that only the job keeps. */
    private void keepForQueuedJobs(List<WorkerView> reserved) {
        PoolView view = pool.view();
        Duration timeout = view.size().idleTimeout();
        int kept = 0;
        for (WorkerView worker : reserved) {
            horizon.lookAt(worker.stageSince().plus(timeout));
            if (fleet.age(worker.stageSince()).compareTo(timeout) >= 0) {
                kept++;
            }
        }
        kept = Math.min(kept, lasting - view.size().min());
        if (kept > 0) {
            holds.add(new Hold.KeptForQueuedJobs(kept, view.service().source(), timeout));
        }
    }

    /**
     * Idle workers of a former template, or on a host that drains, go as soon as the minimum does without them: when their successors are ready.
     * Where none can be made because they take the last place, one goes first, then the next.
     */
    private void replaceOutdated() {
        List<WorkerView> outdated = new ArrayList<>(pool.outdated());
        outdated.sort(LONGEST_IDLE_FIRST);
        int ready = lasting - pool.coming();
        int free = outdated.size() - Math.max(0, pool.view().size().min() - ready);
        boolean underWay = pool.leaving() + pool.coming() + pool.grants().size() > 0;
        if (free <= 0 && !underWay && isShortOfPlaces()) {
            free = 1;
        }
        for (int i = 0; i < Math.min(free, outdated.size()); i++) {
            WorkerView worker = outdated.get(i);
            String host = fleet.hosts().draining(worker);
            want(
                    worker,
                    host == null
                            ? new Departure.Outdated(
                                    worker.templateHash(), pool.view().making().templateHash())
                            : new Departure.HostDrains(host));
        }
    }

    private boolean isShortOfPlaces() {
        Hold limit = pool.limit();
        return limit instanceof Hold.AtMaximum || GivingWay.accountHolds(limit);
    }

    /** They have no machine, and cannot have one now: waiting, they would take places from others, for jobs that may be gone by then. */
    private void withdraw() {
        String source = pool.view().service().source();
        Departure why = pool.silent() ? new Departure.SourceSilent(source) : new Departure.OneTriesOn(source);
        for (WorkerView worker : pool.withdrawn()) {
            certain.add(new Removal(worker.name(), why));
            fleet.account(worker.offering()).leaves(worker.offering());
        }
    }

    private void close() {
        PoolView view = pool.view();
        Departure why = new Departure.PoolCloses(view.name());
        holds.add(new Hold.Closing(view.name(), pool.busy()));
        List<WorkerView> coming = new ArrayList<>(pool.comingOnes());
        coming.addAll(pool.withdrawn());
        for (List<WorkerView> group : List.of(pool.current(), pool.outdated(), coming, pool.kept())) {
            group.stream().sorted(LONGEST_IDLE_FIRST).forEach(worker -> {
                certain.add(new Removal(worker.name(), why));
                fleet.account(worker.offering()).leaves(worker.offering());
            });
        }
        goingLive = pool.idle() + pool.coming();
        pool.busyOnes().stream()
                .sorted(LONGEST_IDLE_FIRST)
                .forEach(worker -> retirements.add(new Removal(worker.name(), why)));
    }

    private void want(WorkerView worker, Departure why) {
        wanted.add(worker);
        wantedWhy.add(why);
        fleet.account(worker.offering()).leaves(worker.offering());
    }

    /** Idle workers that another pool's job may take the place of. */
    List<WorkerView> reclaimable() {
        return spare.subList(0, Math.clamp(lasting - pool.view().size().min(), 0, spare.size()));
    }

    void reclaim(WorkerView worker, Departure why) {
        spare.remove(worker);
        patient.remove(worker);
        wanted.add(worker);
        wantedWhy.add(why);
        lasting--;
    }

    void giveWay(WorkerView worker, Departure why) {
        certain.add(new Removal(worker.name(), why));
    }

    /** Lets go who shall go: one at once, several only when the wish has lasted, few while the source answers late. */
    void settle(Map<String, Instant> candidates) {
        removals.addAll(certain);
        if (!patient.isEmpty()) {
            holds.add(new Hold.MayStillGetWork(
                    patient.size(),
                    patient.getFirst().stageSince().plus(pool.view().size().idleTimeout())));
        }
        Duration wait = fleet.policy().revalidation();
        int allowed = allowedToLeave();
        int held = 0;
        int unsure = 0;
        Instant sureAt = null;
        for (int i = 0; i < wanted.size(); i++) {
            WorkerView worker = wanted.get(i);
            Instant since = fleet.candidateSince(worker);
            Instant ripe = (since == null ? fleet.now() : since).plus(wait);
            if (wanted.size() > 1 && ripe.isAfter(fleet.now())) {
                unsure++;
                sureAt = sureAt == null || ripe.isBefore(sureAt) ? ripe : sureAt;
            } else if (allowed <= 0) {
                held++;
            } else {
                allowed--;
                goingLive++;
                removals.add(new Removal(worker.name(), wantedWhy.get(i)));
                continue;
            }
            candidates.put(worker.name(), since == null ? fleet.now() : since);
        }
        if (sureAt != null) {
            horizon.lookAt(sureAt);
            holds.add(new Hold.Revalidating(unsure, sureAt));
        }
        if (held > 0) {
            holds.add(new Hold.FewAtATime(pool.view().service().source(), held, pool.leaving()));
        }
    }

    private int allowedToLeave() {
        if (!fleet.isLate(pool.view().service().source())) {
            return Integer.MAX_VALUE;
        }
        Policy policy = fleet.policy();
        int share = (int) (policy.drainShare() * pool.live());
        return Math.max(1, Math.min(policy.drainWorkers(), share)) - pool.leaving();
    }

    List<Removal> removals() {
        return removals;
    }

    List<Removal> retirements() {
        return retirements;
    }

    List<Hold> holds() {
        return holds;
    }

    /** How many of those that work or are going to go now. */
    int goingLive() {
        return goingLive;
    }
}
