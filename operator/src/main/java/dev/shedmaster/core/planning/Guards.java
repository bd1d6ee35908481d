package dev.shedmaster.core.planning;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What keeps a pool as a whole from getting one more worker, wherever its machine would come from. */
final class Guards {
    private final Fleet fleet;
    private final Policy policy;
    private final Horizon horizon;

    Guards(Fleet fleet, Horizon horizon) {
        this.fleet = fleet;
        this.policy = fleet.policy();
        this.horizon = horizon;
    }

    /** What binds first; null if the pool may have one more worker. */
    @Nullable
    Hold hold(PoolLedger pool, PoolLedger.Need need) {
        PoolView view = pool.view();
        if (view.making().blocker() != null) {
            return new Hold.Blocked(view.name(), view.making().blocker());
        }
        if (pool.stale()) {
            return new Hold.SourceStale(
                    view.service().source(), fleet.lastReadingOf(view.service().source()));
        }
        Hold turnedAway = pool.turnedAway();
        if (turnedAway != null) {
            return turnedAway;
        }
        Hold pause = need == PoolLedger.Need.AHEAD ? justLeft(pool) : null;
        if (pause == null) {
            pause = failures(pool);
        }
        if (pause != null) {
            return pause;
        }
        int made = pool.grants().size();
        if (pool.workers() + made >= view.size().max()) {
            return new Hold.AtMaximum(
                    view.name(),
                    view.size().max(),
                    view.size().maxNote(),
                    pool.live() + made,
                    pool.failed(),
                    pool.leaving());
        }
        if (view.state().machines() > view.size().max() + Math.ceil(view.size().max() * policy.overshootPart())) {
            return new Hold.MachinesBeyondMaximum(
                    view.name(), view.state().machines(), view.size().max());
        }
        if (pool.coming() + made >= policy.inFlightPerPool()) {
            return new Hold.InFlightFull(view.name(), pool.coming() + made, policy.inFlightPerPool());
        }
        return null;
    }

    /** How many more workers the pool may have, as far as the pool itself is concerned. */
    int room(PoolLedger pool, PoolLedger.Need need) {
        if (hold(pool, need) != null) {
            return 0;
        }
        if (isOnTrial(pool)) {
            return 1;
        }
        int made = pool.grants().size();
        return Math.min(
                pool.view().size().max() - pool.workers() - made, policy.inFlightPerPool() - pool.coming() - made);
    }

    /** Whether so many of the pool's workers failed in a row that only one is tried. */
    boolean isOnTrial(PoolLedger pool) {
        return pool.view().state().history().consecutiveFailures() >= policy.failureThreshold();
    }

    Hold trial(PoolLedger pool) {
        BootHistory history = pool.view().state().history();
        return new Hold.TrialRuns(pool.view().name(), history.consecutiveFailures(), history.lastFailureWhy());
    }

    /** The circuit breaker: closed below the threshold, open for the back-off, then half open for one worker. */
    private @Nullable Hold failures(PoolLedger pool) {
        if (!isOnTrial(pool)) {
            return null;
        }
        BootHistory history = pool.view().state().history();
        if (history.lastFailure() != null) {
            Instant until = history.lastFailure().plus(backOff(history.consecutiveFailures()));
            if (until.isAfter(fleet.now())) {
                horizon.lookAt(until);
                return new Hold.BootFailures(
                        pool.view().name(), history.consecutiveFailures(), until, history.lastFailureWhy());
            }
        }
        return pool.coming() + pool.grants().size() > 0 ? trial(pool) : null;
    }

    private Duration backOff(int failures) {
        Duration pause = policy.firstBackOff();
        for (int i = policy.failureThreshold(); i < failures && pause.compareTo(policy.longestBackOff()) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(policy.longestBackOff()) < 0 ? pause : policy.longestBackOff();
    }

    private @Nullable Hold justLeft(PoolLedger pool) {
        Instant left = pool.lastLeft();
        if (left == null) {
            return null;
        }
        Instant until = left.plusMillis((long) (pool.view().size().idleTimeout().toMillis() * policy.antiFlapPart()));
        horizon.lookAt(until);
        return until.isAfter(fleet.now()) ? new Hold.JustLeft(pool.view().name(), until) : null;
    }
}
