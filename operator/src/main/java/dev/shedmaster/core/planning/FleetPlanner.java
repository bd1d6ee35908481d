package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.planning.PoolPlan.WaitingJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The scaling rule: how many workers each pool shall have, what they are made of, which go, and why. It is a pure
 * function of what there is, never of what has changed: lost, doubled and late news make no difference once the next
 * reading is in. Each step is a class of its own; this is the order in which they apply.
 */
public final class FleetPlanner {
    private FleetPlanner() {}

    /** Makes a plan. The same view, policy and instant give the same plan, whatever the order of the view's lists. */
    public static FleetPlan plan(FleetView view, Policy policy, Instant now) {
        Horizon horizon = new Horizon(now);

        // What there is, and what waits: jobs that are alike are counted together.
        Fleet fleet = Fleet.tally(view, policy, horizon);
        List<PoolView> pools = fleet.pools().stream().map(PoolLedger::view).toList();
        Demand demand = Demand.of(view.jobs(), pools, fleet.former());

        // Jobs go to slots that are free, then to slots that are coming; never two to one slot.
        Guards guards = new Guards(fleet, horizon);
        Ranking ranking = new Ranking(fleet, guards, view.accounts());
        SlotAssignment slots = new SlotAssignment(
                demand.classes(), pools.size() + fleet.former().size());
        for (int pool : ranking.order()) {
            slots.fill(pool, fleet.pools().get(pool).freeSlots());
        }
        for (int f = 0; f < fleet.former().size(); f++) {
            slots.fill(pools.size() + f, fleet.former().get(f).slots());
        }
        for (int pool : ranking.order()) {
            slots.fill(
                    pool,
                    fleet.pools().get(pool).freeSlots()
                            + fleet.pools().get(pool).comingSlots());
        }

        // For those that are left, and for the minima, workers are made as far as limits, budgets and guards allow.
        Sharing sharing = new Sharing(fleet, demand, slots, guards, ranking, horizon);
        sharing.share();

        // What nothing needs any more goes, and what stands in the way of a job.
        List<ScaleDown> scaleDowns = new ArrayList<>();
        for (PoolLedger pool : fleet.pools()) {
            ScaleDown scaleDown = new ScaleDown(fleet, pool, horizon);
            scaleDown.decide(slots.used(pool.index()));
            scaleDowns.add(scaleDown);
        }
        new GivingWay(fleet, scaleDowns, horizon).makeRoom(sharing);
        Map<String, Instant> candidates = new TreeMap<>();
        scaleDowns.forEach(scaleDown -> scaleDown.settle(candidates));

        // Every number and every job that waits is explained.
        Outlook outlook = new Outlook(fleet, demand, slots, sharing, ranking);
        List<List<WaitingJob>> waiting = outlook.tell();
        List<PoolPlan> plans = new ArrayList<>();
        for (PoolLedger pool : fleet.pools()) {
            int p = pool.index();
            plans.add(new PoolReport(fleet, pool, scaleDowns.get(p), sharing.queued(pool))
                    .write(outlook, waiting.get(p)));
        }
        fleet.lookWhenOfferingsReturn(horizon);
        return new FleetPlan(
                List.copyOf(plans),
                Unmatched.in(demand, pools, view.sources()),
                Collections.unmodifiableMap(candidates),
                horizon.nearest());
    }

    /** What one job waits for; empty if it does not wait or no pool serves it. Makes a whole plan to find out. */
    public static Optional<WaitingJob> explain(
            FleetView view, Policy policy, Instant now, String source, String jobId) {
        for (PoolPlan pool : plan(view, policy.explainingAll(), now).pools()) {
            for (WaitingJob waiting : pool.waiting()) {
                QueuedJob job = waiting.job();
                if (job.id().equals(jobId) && job.source().equals(source)) {
                    return Optional.of(waiting);
                }
            }
        }
        return Optional.empty();
    }
}
