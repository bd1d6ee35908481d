package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Need;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pool's ways to get a machine, tried in its owner's order: which is the next one, and what speaks against the others. */
final class Ladder {
    static final int NONE = -1;

    private final PoolLedger pool;
    private final List<Offering> offerings;
    private final AccountLedger[] accounts;
    private final @Nullable Hold[] refused;
    private final @Nullable HostRung[] hosts;

    /** @param accounts the accounts of the pool's offerings, in the same order */
    Ladder(PoolLedger pool, AccountLedger[] accounts, Fleet fleet) {
        this.pool = pool;
        this.offerings = pool.view().making().ladder();
        this.accounts = accounts;
        this.refused = new Hold[offerings.size()];
        this.hosts = new HostRung[offerings.size()];
        PoolView.Making making = pool.view().making();
        for (int rung = 0; rung < refused.length; rung++) {
            Offering offering = offerings.get(rung);
            Need need = offering.slot() == null ? null : making.needs().get(offering.placement());
            if (need == null) {
                refused[rung] = refusal(offering, making.templateHash(), fleet);
            } else {
                hosts[rung] = HostRung.of(offering, need, making.templateHash(), fleet);
            }
        }
    }

    private static @Nullable Hold refusal(Offering offering, String template, Fleet fleet) {
        Optional<Hold> closed = fleet.memory()
                .closing(offering.account(), fleet.now())
                .map(known -> new Hold.AccountRefuses(offering.account(), known.until(), known.why()));
        return closed.or(() -> fleet.memory()
                        .blocking(offering, template, fleet.now())
                        .map(known -> new Hold.Refused(offering.describe(), known.until(), known.why())))
                .orElse(null);
    }

    /** Why no account of the pool's serves it, whatever the demand; null if one does. */
    @Nullable
    Hold closed() {
        boolean isClosed = refused.length > 0;
        for (Hold hold : refused) {
            isClosed &= hold instanceof Hold.AccountRefuses;
        }
        return isClosed ? holdOfAll(PoolLedger.Need.JOBS) : null;
    }

    /** Whether trying it can tell anything: an account that refuses even readings, or wants to be left alone, is not tried. */
    private static boolean isWorthATrial(Offering offering, Fleet fleet) {
        return fleet.memory()
                .closing(offering.account(), fleet.now())
                .map(Blockage::scope)
                .filter(scope ->
                        !scope.equals(new Blockage.ClosedAccount(offering.account(), Blockage.Closure.REFUSES_ORDERS)))
                .isEmpty();
    }

    Offering offering(int rung) {
        return offerings.get(rung);
    }

    /** Takes one machine of an offering that nothing speaks against; of a slot it is known from then on where. */
    Offering take(int rung) {
        HostRung slots = hosts[rung];
        if (slots != null) {
            return slots.take();
        }
        accounts[rung].take(offerings.get(rung));
        return offerings.get(rung);
    }

    /** The slots that an offering is; null for machines that are rented. */
    @Nullable
    HostRung slots(int rung) {
        return hosts[rung];
    }

    /** The placements whose hosts never take a worker unless a person changes something. */
    List<Hold> unfit() {
        List<Hold> unfit = new ArrayList<>();
        for (HostRung slots : hosts) {
            Hold hold = slots == null ? null : slots.unfit();
            if (hold != null) {
                unfit.add(hold);
            }
        }
        return unfit;
    }

    int size() {
        return offerings.size();
    }

    /** The first offering that nothing speaks against, or {@link #NONE}. */
    int next(PoolLedger.Need need) {
        for (int rung = 0; rung < offerings.size(); rung++) {
            if (refused[rung] == null && limit(rung, need) == null) {
                return rung;
            }
        }
        return NONE;
    }

    /**
     * When nothing else is left, the refused offering whose last refusal is the longest ago, if that is long enough ago;
     * else {@link #NONE}.
     */
    int trial(PoolLedger.Need need, Fleet fleet, Horizon horizon) {
        int best = NONE;
        Instant bestSince = Instant.MAX;
        for (int rung = 0; rung < offerings.size(); rung++) {
            if (refused[rung] == null || limit(rung, need) != null || !isWorthATrial(offerings.get(rung), fleet)) {
                continue;
            }
            Instant since = fleet.memory()
                    .lastRefusal(offerings.get(rung), pool.view().making().templateHash(), fleet.now())
                    .orElse(Instant.EPOCH);
            Instant from = since.plus(fleet.policy().probeEvery());
            if (from.isAfter(fleet.now())) {
                horizon.lookAt(from);
                // Without the newest of several refusals an older one may be long enough ago.
                fleet.memory()
                        .firstEnd(offerings.get(rung), pool.view().making().templateHash(), fleet.now())
                        .ifPresent(horizon::lookAt);
            } else if (since.isBefore(bestSince) && !fleet.isTried(offerings.get(rung), since)) {
                best = rung;
                bestSince = since;
            }
        }
        return best;
    }

    /** What speaks against an offering for now; null if nothing does. */
    @Nullable
    Hold hold(int rung, PoolLedger.Need need) {
        return refused[rung] != null ? refused[rung] : limit(rung, need);
    }

    /** What speaks against all of them. */
    Hold holdOfAll(PoolLedger.Need need) {
        if (offerings.isEmpty()) {
            return new Hold.NoOfferings(pool.view().name());
        }
        List<Hold> holds = new ArrayList<>();
        for (int rung = 0; rung < offerings.size(); rung++) {
            Hold hold = hold(rung, need);
            if (hold != null && !holds.contains(hold)) {
                holds.add(hold);
            }
        }
        return holds.size() == 1
                ? holds.getFirst()
                : new Hold.NothingFits(pool.view().name(), List.copyOf(holds));
    }

    /** What made the pool pass over offerings before this one. */
    List<Hold> holdsBefore(Offering taken) {
        List<Hold> holds = new ArrayList<>();
        for (int rung = 0; rung < offerings.size() && !offerings.get(rung).equals(taken.open()); rung++) {
            Hold hold = hold(rung, PoolLedger.Need.JOBS);
            if (hold != null) {
                holds.add(hold);
            }
        }
        return holds;
    }

    /** Time alone brings refused offerings back. */
    void lookWhenRefusalsEnd(Horizon horizon) {
        for (Hold hold : refused) {
            switch (hold) {
                case Hold.Refused known -> horizon.lookAt(known.until());
                case Hold.AccountRefuses known -> horizon.lookAt(known.until());
                case null, default -> {}
            }
        }
        for (HostRung slots : hosts) {
            if (slots != null) {
                slots.lookWhenRefusalsEnd(horizon);
            }
        }
    }

    /** A slot costs nothing, so that no budget keeps a pool from it; its hosts are its account. */
    private @Nullable Hold limit(int rung, PoolLedger.Need need) {
        HostRung slots = hosts[rung];
        if (slots != null) {
            return slots.hold();
        }
        Offering offering = offerings.get(rung);
        Hold budget = budgetHold(offering, accounts[rung].view(), need);
        return budget != null ? budget : accounts[rung].hold(offering);
    }

    /** A soft budget does not count what has no known price, a hard one makes none of it. */
    private @Nullable Hold budgetHold(Offering offering, AccountView account, PoolLedger.Need need) {
        Budget budget = pool.view().share().budget();
        if (budget == null) {
            return null;
        }
        if (!offering.hasPrice()) {
            return budget.hardPerHour().isPresent() ? new Hold.UnknownPrice(account.name(), offering.describe()) : null;
        }
        long price = PoolLedger.micros(offering);
        String name = pool.view().name();
        if (!account.currency().equals(budget.currency())) {
            return new Hold.OtherCurrency(account.name(), account.currency(), budget.currency());
        }
        long after = pool.costMicros() + price;
        if (budget.hardPerHour().isPresent()
                && after > Math.round(budget.hardPerHour().getAsDouble() * 1e6)) {
            return new Hold.HardBudget(
                    name,
                    pool.costMicros() / 1e6,
                    price / 1e6,
                    budget.hardPerHour().getAsDouble(),
                    budget.currency());
        }
        boolean frugal = offering.type() == CapacityType.SPOT && need != PoolLedger.Need.AHEAD;
        if (!frugal
                && budget.softPerHour().isPresent()
                && after > Math.round(budget.softPerHour().getAsDouble() * 1e6)) {
            return new Hold.SoftBudget(
                    name,
                    pool.costMicros() / 1e6,
                    price / 1e6,
                    budget.softPerHour().getAsDouble(),
                    budget.currency());
        }
        return null;
    }
}
