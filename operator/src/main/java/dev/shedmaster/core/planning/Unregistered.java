package dev.shedmaster.core.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those of a pool's workers that have no machine and can have none now, as their source is silent or does not register them (ADR 11).
 * They are let go; of an answering source's the oldest stays and tries on for all.
 */
final class Unregistered {
    private static final Comparator<WorkerView> OLDEST_FIRST =
            Comparator.comparing(WorkerView::createdAt).thenComparing(WorkerView::name);

    private final boolean silent;
    private final List<WorkerView> all = new ArrayList<>();
    private Instant newestRegistered = Instant.MIN;

    /** @param silent whether their source is */
    Unregistered(boolean silent) {
        this.silent = silent;
    }

    /** Counts the worker here if it is one of them. */
    boolean takes(WorkerView worker) {
        boolean isTurnedAway = worker.overdue() != null && worker.overdue().unregistered();
        boolean isOne = silent ? worker.stage() == Stage.REQUESTED : isTurnedAway;
        if (isOne) {
            all.add(worker);
        } else if (isRegistered(worker) && worker.createdAt().isAfter(newestRegistered)) {
            newestRegistered = worker.createdAt();
        }
        return isOne;
    }

    private static boolean isRegistered(WorkerView worker) {
        return worker.stage().isLive() && worker.stage() != Stage.REQUESTED;
    }

    /** After the last was taken: the order in which they were does not matter. */
    void areAllTaken() {
        all.sort(OLDEST_FIRST);
    }

    /** The one that tries on; null if there is none, or nothing to be found out: the source is silent, or has registered others. */
    @Nullable
    WorkerView trial() {
        return silent || all.isEmpty() || hasRegisteredOthers() ? null : all.getFirst();
    }

    /** Those that go. */
    List<WorkerView> withdrawn() {
        return trial() == null ? all : all.subList(1, all.size());
    }

    /** Whether the source registers workers that are no older than the oldest that it does not: the fault lies with that one. */
    boolean hasRegisteredOthers() {
        return !all.isEmpty() && !newestRegistered.isBefore(all.getFirst().createdAt());
    }
}
