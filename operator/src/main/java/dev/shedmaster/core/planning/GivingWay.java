package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.core.slot.PlacedWorker;
import dev.shedmaster.core.slot.Vacancies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes room for jobs that only lack a place: failed workers that are kept for a person go first, then workers of other
 * pools in the same account, or on the same host, that have been idle for a while. What is leaving already is counted before anybody is asked
 * to go, so that no more go than jobs wait. The worker for the job is made when the place is free.
 */
final class GivingWay {
    private static final Comparator<WorkerView> LONGEST_FIRST =
            Comparator.comparing(WorkerView::stageSince).thenComparing(WorkerView::name);

    private static final Comparator<PoolLedger> FIRST_SERVED = Comparator.comparing(
                    (PoolLedger pool) -> pool.view().share().priority(), Comparator.reverseOrder())
            .thenComparing(pool -> pool.view().name());

    private final Fleet fleet;
    private final List<ScaleDown> scaleDowns;
    private final Horizon horizon;

    /** Failed workers that have been asked to go. */
    private final List<WorkerView> asked = new ArrayList<>();

    /** By account, failed workers that may be asked to go, until one is. */
    private final Map<String, List<WorkerView>> failed = new HashMap<>();

    /** By account, idle workers whose places may be taken, until one is. */
    private final Map<String, List<WorkerView>> idle = new HashMap<>();

    /** What hosts will have; made when it is first asked for. */
    private @Nullable Vacancies vacancies;

    GivingWay(Fleet fleet, List<ScaleDown> scaleDowns, Horizon horizon) {
        this.fleet = fleet;
        this.scaleDowns = scaleDowns;
        this.horizon = horizon;
    }

    void makeRoom(Sharing sharing) {
        List<PoolLedger> waiting = new ArrayList<>();
        for (PoolLedger pool : fleet.pools()) {
            // Nobody knows whether the jobs of a silent source still wait, and none can be given to a new worker.
            if (sharing.unserved(pool) > 0 && !pool.stale()) {
                waiting.add(pool);
            }
        }
        waiting.sort(FIRST_SERVED);
        for (PoolLedger pool : waiting) {
            Hold hold = sharing.holdOf(pool);
            int machines = pool.workersFor(sharing.unserved(pool));
            if (hold instanceof Hold.AtMaximum) {
                fleet.lookWhenItsReadingIsTooOld(pool, horizon);
                withinPool(pool, machines, hold);
            } else if (hold != null && accountHolds(hold)) {
                fleet.lookWhenItsReadingIsTooOld(pool, horizon);
                withinAccount(pool, machines, hold);
            }
        }
    }

    /** Whether it is the limit of an account or of hosts that binds, for one of the offerings at least. */
    static boolean accountHolds(@Nullable Hold hold) {
        return switch (hold) {
            case Hold.AccountWorkersFull full -> true;
            case Hold.AccountVcpusFull full -> true;
            case Hold.HostsFull full -> true;
            case Hold.NothingFits nothing -> nothing.perOffering().stream().anyMatch(GivingWay::accountHolds);
            case null, default -> false;
        };
    }

    /** A failed worker's place is of use only if there is an offering to fill it with. */
    private void withinPool(PoolLedger pool, int machines, Hold hold) {
        if (fleet.ladder(pool).next(PoolLedger.Need.JOBS) == Ladder.NONE) {
            return;
        }
        List<WorkerView> kept = new ArrayList<>(pool.kept());
        kept.sort(LONGEST_FIRST);
        int places = pool.leaving();
        for (WorkerView worker : kept) {
            if (places < machines && !asked.contains(worker)) {
                fleet.account(worker.offering()).leaves(worker.offering());
                leavesItsHost(worker);
                ask(worker, new Departure.GivesWay(pool.view().name(), hold.text()));
            }
            places++;
        }
    }

    private void withinAccount(PoolLedger pool, int machines, Hold hold) {
        Ladder ladder = fleet.ladder(pool);
        for (int made = 0; made < machines; made++) {
            if (!makeRoomForOne(pool, ladder, hold)) {
                return;
            }
        }
    }

    private boolean makeRoomForOne(PoolLedger pool, Ladder ladder, Hold why) {
        for (int rung = 0; rung < ladder.size(); rung++) {
            Hold hold = ladder.hold(rung, PoolLedger.Need.JOBS);
            HostRung slots = ladder.slots(rung);
            if (hold != null
                    && accountHolds(hold)
                    && (slots == null
                            ? makeRoomFor(pool, ladder.offering(rung), why)
                            : makeRoomOnHosts(pool, slots.need(), why))) {
                return true;
            }
        }
        return false;
    }

    private boolean makeRoomFor(PoolLedger pool, Offering offering, Hold why) {
        AccountLedger account = fleet.account(offering);
        List<WorkerView> going = new ArrayList<>();
        List<WorkerView> reclaimed = new ArrayList<>();
        for (WorkerView worker : failedIn(offering.account())) {
            if (!account.willFit(offering)) {
                going.add(worker);
                account.leaves(worker.offering());
            }
        }
        for (WorkerView worker : idleIn(offering.account(), pool)) {
            if (!account.willFit(offering)) {
                reclaimed.add(worker);
                account.leaves(worker.offering());
            }
        }
        if (!account.willFit(offering)) {
            going.forEach(worker -> account.stays(worker.offering()));
            reclaimed.forEach(worker -> account.stays(worker.offering()));
            return false;
        }
        account.claim(offering);
        for (WorkerView worker : going) {
            ask(worker, new Departure.GivesWay(pool.view().name(), why.text()));
        }
        for (WorkerView worker : reclaimed) {
            reclaim(worker, pool);
        }
        idle.clear();
        return true;
    }

    /** On the host on which the fewest have to go. */
    private boolean makeRoomOnHosts(PoolLedger pool, Need need, Hold why) {
        if (vacancies().claim(need).isPresent()) {
            return true;
        }
        List<WorkerView> fewest = null;
        for (String host : need.hosts().stream().sorted().toList()) {
            List<WorkerView> going = goingFrom(host, pool, need);
            if (!going.isEmpty() && (fewest == null || going.size() < fewest.size())) {
                fewest = going;
            }
        }
        if (fewest == null) {
            return false;
        }
        for (WorkerView worker : fewest) {
            leavesItsHost(worker);
            if (worker.stage() == Stage.FAILED) {
                ask(worker, new Departure.GivesWay(pool.view().name(), why.text()));
            } else {
                reclaim(worker, pool);
            }
        }
        idle.clear();
        vacancies().claim(need);
        return true;
    }

    /** Who has to go for a worker to have room there; nobody if that is not enough. */
    private List<WorkerView> goingFrom(String host, PoolLedger pool, Need need) {
        String account = HostSlot.account(host);
        List<WorkerView> candidates = new ArrayList<>(failedIn(account));
        candidates.addAll(idleIn(account, pool));
        List<WorkerView> going = new ArrayList<>();
        for (WorkerView worker : candidates) {
            if (!vacancies().fits(host, need)) {
                going.add(worker);
                leavesItsHost(worker);
            }
        }
        boolean isEnough = vacancies().fits(host, need);
        going.forEach(worker -> placed(worker).ifPresent(vacancies()::stays));
        return isEnough ? going : List.of();
    }

    private void leavesItsHost(WorkerView worker) {
        placed(worker).ifPresent(vacancies()::leaves);
    }

    private static Optional<PlacedWorker> placed(WorkerView worker) {
        return HostBooks.placed(worker.pool(), worker.offering());
    }

    private Vacancies vacancies() {
        if (vacancies == null) {
            vacancies = fleet.hosts().vacancies();
        }
        return vacancies;
    }

    private void reclaim(WorkerView worker, PoolLedger pool) {
        scaleDownOf(worker)
                .reclaim(
                        worker,
                        new Departure.Reclaimed(
                                pool.view().name(), worker.offering().place(), fleet.age(worker.stageSince())));
    }

    private List<WorkerView> failedIn(String account) {
        return failed.computeIfAbsent(account, this::allFailedIn);
    }

    private List<WorkerView> allFailedIn(String account) {
        List<WorkerView> found = new ArrayList<>();
        for (PoolLedger pool : fleet.pools()) {
            if (pool.view().state().closing()) {
                continue; // its failed workers go anyway
            }
            for (WorkerView worker : pool.kept()) {
                if (worker.offering().account().equals(account) && !asked.contains(worker)) {
                    found.add(worker);
                }
            }
        }
        found.sort(LONGEST_FIRST);
        return found;
    }

    private List<WorkerView> idleIn(String account, PoolLedger forPool) {
        List<WorkerView> found = new ArrayList<>();
        for (WorkerView worker : idle.computeIfAbsent(account, this::allIdleIn)) {
            if (worker.pool().equals(forPool.view().name())) {
                continue;
            }
            if (fleet.age(worker.stageSince()).compareTo(fleet.policy().reclaimIdle()) >= 0) {
                found.add(worker);
            } else {
                horizon.lookAt(worker.stageSince().plus(fleet.policy().reclaimIdle()));
            }
        }
        return found;
    }

    private List<WorkerView> allIdleIn(String account) {
        List<WorkerView> found = new ArrayList<>();
        for (ScaleDown scaleDown : scaleDowns) {
            for (WorkerView worker : scaleDown.reclaimable()) {
                if (worker.offering().account().equals(account)) {
                    found.add(worker);
                }
            }
        }
        found.sort(LONGEST_FIRST);
        return found;
    }

    private void ask(WorkerView worker, Departure why) {
        asked.add(worker);
        failed.clear();
        scaleDownOf(worker).giveWay(worker, why);
    }

    private ScaleDown scaleDownOf(WorkerView worker) {
        for (ScaleDown scaleDown : scaleDowns) {
            if (scaleDown.pool().view().name().equals(worker.pool())) {
                return scaleDown;
            }
        }
        throw new IllegalStateException("worker " + worker.name() + " belongs to no pool");
    }
}
