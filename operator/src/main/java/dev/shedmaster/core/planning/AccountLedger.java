package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is taken of one account's limits, with what this plan takes. Whatever has a machine or may have one soon counts, whatever
 * its stage.
 */
final class AccountLedger {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AccountView view;
    private final int creationsPerMinute;
    private final Horizon horizon;
    private int workers;
    private int vcpus;
    private int leavingWorkers;
    private int leavingVcpus;
    private int madeLately;
    private @Nullable Instant oldestLately;

    AccountLedger(AccountView view, int creationsPerMinute, Horizon horizon) {
        this.view = view;
        this.creationsPerMinute = creationsPerMinute;
        this.horizon = horizon;
    }

    /** An account that nobody describes: it has no limits of ours, and prices in no known currency. */
    static AccountLedger undescribed(String name, int creationsPerMinute, Horizon horizon) {
        return new AccountLedger(
                new AccountView(name, OptionalInt.empty(), OptionalInt.empty(), ""), creationsPerMinute, horizon);
    }

    AccountView view() {
        return view;
    }

    void count(WorkerView worker) {
        workers++;
        vcpus += worker.offering().vcpus();
        if (worker.stage().isLeaving()) {
            leavingWorkers++;
            leavingVcpus += worker.offering().vcpus();
        }
        Instant made = worker.createdAt();
        if (made.plus(MINUTE).isAfter(horizon.now())) {
            madeLately++;
            oldestLately = oldestLately == null || made.isBefore(oldestLately) ? made : oldestLately;
        }
    }

    /** What keeps the account from giving one more machine of this kind; null if nothing does. */
    @Nullable
    Hold hold(Offering offering) {
        if (view.maxWorkers().isPresent() && workers + 1 > view.maxWorkers().getAsInt()) {
            return new Hold.AccountWorkersFull(
                    view.name(), workers, view.maxWorkers().getAsInt());
        }
        if (view.maxVcpus().isPresent()
                && vcpus + offering.vcpus() > view.maxVcpus().getAsInt()) {
            return new Hold.AccountVcpusFull(view.name(), vcpus, view.maxVcpus().getAsInt(), offering.vcpus());
        }
        if (madeLately + 1 > creationsPerMinute) {
            if (oldestLately != null) {
                horizon.lookAt(oldestLately.plus(MINUTE));
            }
            return new Hold.CreationRate(view.name(), madeLately, creationsPerMinute);
        }
        return null;
    }

    void take(Offering offering) {
        workers++;
        vcpus += offering.vcpus();
        madeLately++;
    }

    /** Whether a machine of this kind will fit once what is leaving has left. */
    boolean willFit(Offering offering) {
        return (view.maxWorkers().isEmpty()
                        || workers - leavingWorkers + 1 <= view.maxWorkers().getAsInt())
                && (view.maxVcpus().isEmpty()
                        || vcpus - leavingVcpus + offering.vcpus()
                                <= view.maxVcpus().getAsInt());
    }

    /** Keeps a place for a machine among those that will be free. */
    void claim(Offering offering) {
        workers++;
        vcpus += offering.vcpus();
    }

    void leaves(Offering offering) {
        leavingWorkers++;
        leavingVcpus += offering.vcpus();
    }

    void stays(Offering offering) {
        leavingWorkers--;
        leavingVcpus -= offering.vcpus();
    }
}
