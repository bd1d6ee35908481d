package dev.shedmaster.core.planning;

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
        }
        return isOne;
    }

    /** After the last was taken: the order in which they were does not matter. */
    void areAllTaken() {
        all.sort(OLDEST_FIRST);
    }

    /** The one that tries on; null if there is none, or the source is silent. */
    @Nullable
    WorkerView trial() {
        return silent || all.isEmpty() ? null : all.getFirst();
    }

    /** Those that go. */
    List<WorkerView> withdrawn() {
        return trial() == null ? all : all.subList(1, all.size());
    }
}
