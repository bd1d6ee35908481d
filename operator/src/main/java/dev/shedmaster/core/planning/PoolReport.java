package dev.shedmaster.core.planning;

import dev.shedmaster.core.planning.PoolLedger.Grant;
import dev.shedmaster.core.planning.PoolLedger.Need;
import dev.shedmaster.core.planning.PoolPlan.Creation;
import dev.shedmaster.core.planning.PoolPlan.PoolCounts;
import dev.shedmaster.core.planning.PoolPlan.WaitingJob;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a pool's books into its slice of the plan, with the reasons in the order in which a person asks for them. */
final class PoolReport {
    private final Fleet fleet;
    private final PoolLedger pool;
    private final ScaleDown scaleDown;
    private final int queued;

    PoolReport(Fleet fleet, PoolLedger pool, ScaleDown scaleDown, int queued) {
        this.fleet = fleet;
        this.pool = pool;
        this.scaleDown = scaleDown;
        this.queued = queued;
    }

    PoolPlan write(Outlook outlook, List<WaitingJob> waiting) {
        Sizing sizing = sizing();
        return new PoolPlan(
                pool.view().name(),
                new PoolCounts(
                        queued,
                        pool.idle(),
                        pool.busy(),
                        pool.coming(),
                        pool.leaving(),
                        pool.failed(),
                        pool.workers(),
                        sizing.wanted()),
                creations(outlook),
                List.copyOf(scaleDown.removals()),
                List.copyOf(scaleDown.retirements()),
                reasons(sizing),
                List.copyOf(waiting));
    }

    private Sizing sizing() {
        PoolView view = pool.view();
        int stay = pool.live() - scaleDown.goingLive();
        int room = Math.max(0, view.size().max() - stay);
        int forMinimum = Math.min(room, pool.granted(Need.MINIMUM) + pool.denied(Need.MINIMUM));
        // A worker for the minimum takes jobs as well: what could not be made for it is not wanted a second time.
        int lackForJobs = Math.max(0, pool.denied(Need.JOBS) - pool.denied(Need.MINIMUM));
        int forJobs = Math.min(room - forMinimum, pool.granted(Need.JOBS) + lackForJobs);
        int ahead = Math.min(room - forMinimum - forJobs, pool.granted(Need.AHEAD) + pool.denied(Need.AHEAD));
        int starting = view.state().closing() ? 0 : pool.coming();
        return new Sizing(
                stay + forMinimum + forJobs + ahead,
                pool.busy(),
                stay - pool.busy() - starting,
                starting,
                forMinimum,
                view.size().min(),
                forJobs,
                ahead,
                pool.grants().size(),
                pool.limit());
    }

    private List<Creation> creations(Outlook outlook) {
        List<Creation> creations = new ArrayList<>(pool.grants().size());
        Map<Need, Purpose> purposes = new EnumMap<>(Need.class);
        for (Grant grant : pool.grants()) {
            Purpose purpose = purposes.computeIfAbsent(grant.need(), need -> purpose(need, outlook));
            creations.add(new Creation(
                    grant.offering(), grant.against() == null ? purpose : new Purpose.Trial(purpose, grant.against())));
        }
        return creations;
    }

    private Purpose purpose(Need need, Outlook outlook) {
        PoolView view = pool.view();
        Foresight foresight = view.state().foresight();
        return switch (need) {
            case MINIMUM ->
                new Purpose.ForMinimum(view.size().min(), view.size().minNote());
            case JOBS -> outlook.purpose(pool);
            case AHEAD -> new Purpose.AheadOfDemand(foresight.announced(), foresight.buffer(), foresight.basis());
        };
    }

    /** Each once: several steps of the rule can meet the same constraint. */
    private List<Reason> reasons(Sizing sizing) {
        Set<Reason> reasons = new LinkedHashSet<>();
        reasons.add(sizing);
        if (pool.view().making().blocker() != null) {
            reasons.add(
                    new Hold.Blocked(pool.view().name(), pool.view().making().blocker()));
        }
        Hold overdue = pool.overdue();
        if (overdue != null) {
            reasons.add(overdue);
        }
        if (sizing.limit() != null) {
            reasons.add(sizing.limit());
        }
        Hold closed = fleet.ladder(pool).closed();
        if (closed != null) {
            reasons.add(closed);
        }
        reasons.addAll(fleet.ladder(pool).unfit());
        if (!pool.grants().isEmpty() && !(sizing.limit() instanceof Hold.NothingFits)) {
            reasons.addAll(
                    fleet.ladder(pool).holdsBefore(pool.grants().getLast().offering()));
        }
        reasons.addAll(scaleDown.holds());
        return List.copyOf(reasons);
    }
}
