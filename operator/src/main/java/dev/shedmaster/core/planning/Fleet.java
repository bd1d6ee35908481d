package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The books of the whole fleet within one plan: one ledger a pool, by name, and one an account. */
final class Fleet {
    private final FleetView view;
    private final Policy policy;
    private final Instant now;
    private final List<PoolLedger> pools = new ArrayList<>();
    private final List<FormerSlots> former = new ArrayList<>();
    private final List<Ladder> ladders = new ArrayList<>();
    private final Map<String, AccountLedger> accounts = new HashMap<>();
    private final HostBooks hosts;
    private final List<Offering> triedNow = new ArrayList<>();

    private Fleet(FleetView view, Policy policy, Instant now) {
        this.view = view;
        this.policy = policy;
        this.now = now;
        this.hosts = new HostBooks(
                view,
                view.pools().stream()
                        .flatMap(pool -> pool.making().needs().values().stream())
                        .toList());
    }

    /** Counts once through everything that there is. */
    static Fleet tally(FleetView view, Policy policy, Horizon horizon) {
        Fleet fleet = new Fleet(view, policy, horizon.now());
        Map<String, PoolLedger> byName = new HashMap<>();
        for (PoolView pool : view.pools().stream()
                .sorted(Comparator.comparing(PoolView::name))
                .toList()) {
            PoolLedger ledger = new PoolLedger(
                    pool, fleet.pools.size(), fleet.hearing(pool.service().source()), fleet.hosts);
            if (byName.put(pool.name(), ledger) != null) {
                throw new IllegalArgumentException("two pools are called " + pool.name());
            }
            fleet.pools.add(ledger);
        }
        for (AccountView account : view.accounts()) {
            fleet.accounts.put(account.name(), new AccountLedger(account, policy.creationsPerMinute(), horizon));
        }
        for (WorkerView worker : view.workers()) {
            fleet.account(worker.offering().account(), horizon).count(worker);
            PoolLedger pool = byName.get(worker.pool());
            if (pool != null) {
                pool.count(worker);
            }
        }
        for (PoolLedger pool : fleet.pools) {
            pool.allAreCounted();
            pool.formerSlots().forEach((labels, slots) -> fleet.former.add(new FormerSlots(pool, labels, slots)));
        }
        fleet.former.sort(FormerSlots.IN_ORDER);
        for (PoolLedger pool : fleet.pools) {
            AccountLedger[] accounts =
                    new AccountLedger[pool.view().making().ladder().size()];
            for (int rung = 0; rung < accounts.length; rung++) {
                accounts[rung] =
                        fleet.account(pool.view().making().ladder().get(rung).account(), horizon);
            }
            fleet.ladders.add(new Ladder(pool, accounts, fleet));
        }
        return fleet;
    }

    private AccountLedger account(String name, Horizon horizon) {
        AccountLedger known = accounts.get(name);
        if (known == null) {
            known = AccountLedger.undescribed(name, policy.creationsPerMinute(), horizon);
            accounts.put(name, known);
        }
        return known;
    }

    List<PoolLedger> pools() {
        return pools;
    }

    /** Slots that are filled beside those of the pools; the first comes right after the last pool. */
    List<FormerSlots> former() {
        return former;
    }

    Ladder ladder(PoolLedger pool) {
        return ladders.get(pool.index());
    }

    AccountLedger account(Offering offering) {
        AccountLedger known = accounts.get(offering.account());
        if (known == null) {
            throw new IllegalStateException("account " + offering.account() + " was not counted");
        }
        return known;
    }

    /** The hosts of one's own, as this plan fills them. */
    HostBooks hosts() {
        return hosts;
    }

    Policy policy() {
        return policy;
    }

    Instant now() {
        return now;
    }

    OfferingMemory memory() {
        return view.memory();
    }

    /** Since when the last plan wants this worker to go; null if it does not. */
    @Nullable
    Instant candidateSince(WorkerView worker) {
        Instant since = view.removalCandidates().get(worker.name());
        return since == null || since.isAfter(now) ? null : since;
    }

    /** When the source's queue was last read with success; null if never. */
    @Nullable
    Instant lastReadingOf(String source) {
        SourceView seen = view.sources().get(source);
        return seen == null ? null : seen.lastReading();
    }

    private @Nullable Duration ageOf(String source) {
        Instant lastReading = lastReadingOf(source);
        return lastReading == null ? null : age(lastReading);
    }

    /** How long ago something was; nothing if it is yet to come, as it may seem after a clock's step. */
    Duration age(Instant instant) {
        return instant.isAfter(now) ? Duration.ZERO : Duration.between(instant, now);
    }

    /** That a reading is old is no silence: the clock may have been set, or the next one may be slow. */
    private Hearing hearing(String source) {
        Duration age = ageOf(source);
        if (age != null && age.compareTo(policy.staleAfter()) < 0) {
            return Hearing.FRESH;
        }
        SourceView seen = view.sources().get(source);
        Instant failing = seen == null ? null : seen.failingSince();
        if (failing == null) {
            return Hearing.STALE;
        }
        // One that was never heard is given as long as one that was; after a step of the clock one failure says
        // nothing.
        Duration atLeast = age == null ? policy.staleAfter() : policy.lateAfter();
        return age(failing).compareTo(atLeast) >= 0 ? Hearing.SILENT : Hearing.STALE;
    }

    boolean isLate(String source) {
        Duration age = ageOf(source);
        return age == null || age.compareTo(policy.lateAfter()) >= 0;
    }

    /** Readings age, and with them what may be done. */
    void lookWhenReadingsAge(PoolLedger pool, Horizon horizon) {
        SourceView seen = view.sources().get(pool.view().service().source());
        if (seen != null && seen.lastReading() != null) {
            horizon.lookAt(seen.lastReading().plus(policy.lateAfter()));
            horizon.lookAt(seen.lastReading().plus(policy.staleAfter()));
        }
    }

    /** Where workers are wanted it matters when a refused offering can be had again, in whatever pool. */
    void lookWhenOfferingsReturn(Horizon horizon) {
        if (pools.stream().anyMatch(pool -> !pool.grants().isEmpty() || pool.limit() != null)) {
            ladders.forEach(ladder -> ladder.lookWhenRefusalsEnd(horizon));
        }
    }

    /** From then on none is made, its workers without a machine may go, and nobody gives way to it. */
    void lookWhenItsReadingIsTooOld(PoolLedger pool, Horizon horizon) {
        SourceView seen = view.sources().get(pool.view().service().source());
        if (seen == null) {
            return;
        }
        if (seen.lastReading() != null) {
            horizon.lookAt(seen.lastReading().plus(policy.staleAfter()));
        }
        if (seen.failingSince() != null) {
            horizon.lookAt(
                    seen.failingSince().plus(seen.lastReading() == null ? policy.staleAfter() : policy.lateAfter()));
        }
    }

    /** Whether an offering that was refused is being tried again already, by whatever pool. */
    boolean isTried(Offering offering, Instant refusedAt) {
        for (Offering tried : triedNow) {
            if (tried.isSameMachineAs(offering)) {
                return true;
            }
        }
        for (PoolLedger pool : pools) {
            for (WorkerView worker : pool.comingOnes()) {
                if (worker.createdAt().isAfter(refusedAt) && worker.offering().isSameMachineAs(offering)) {
                    return true;
                }
            }
        }
        return false;
    }

    void tries(Offering offering) {
        triedNow.add(offering);
    }
}
