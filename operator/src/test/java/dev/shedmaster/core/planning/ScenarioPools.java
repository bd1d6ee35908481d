package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes pools in tests, and changes one thing of them at a time. */
final class ScenarioPools {
    private ScenarioPools() {}

    static PoolView plain(String name, String source, Set<String> labels, int min, int max, Offering... ladder) {
        return new PoolView(
                name,
                source,
                labels,
                false,
                1,
                min,
                max,
                null,
                null,
                Duration.ofMinutes(5),
                100,
                1,
                null,
                "t1",
                List.of(ladder),
                BootHistory.NONE,
                0,
                Foresight.NONE,
                null,
                false);
    }

    /** A pool that is being changed. */
    private static final class Draft {
        private final PoolView of;
        private Set<String> labels;
        private boolean exclusive;
        private int slotsPerWorker;
        private int min;
        private int max;
        private @Nullable String scheduleNote;
        private @Nullable String maxNote;
        private Duration idleTimeout;
        private int priority;
        private int weight;
        private @Nullable Budget budget;
        private String templateHash;
        private List<Offering> ladder;
        private BootHistory history;
        private int machines;
        private Foresight foresight;
        private @Nullable String blocker;
        private boolean closing;

        Draft(PoolView of) {
            this.of = of;
            this.labels = of.labels();
            this.exclusive = of.exclusive();
            this.slotsPerWorker = of.slotsPerWorker();
            this.min = of.min();
            this.max = of.max();
            this.scheduleNote = of.scheduleNote();
            this.maxNote = of.maxNote();
            this.idleTimeout = of.idleTimeout();
            this.priority = of.priority();
            this.weight = of.weight();
            this.budget = of.budget();
            this.templateHash = of.templateHash();
            this.ladder = of.ladder();
            this.history = of.history();
            this.machines = of.machines();
            this.foresight = of.foresight();
            this.blocker = of.blocker();
            this.closing = of.closing();
        }

        PoolView made() {
            return new PoolView(
                    of.name(),
                    of.source(),
                    labels,
                    exclusive,
                    slotsPerWorker,
                    min,
                    max,
                    scheduleNote,
                    maxNote,
                    idleTimeout,
                    priority,
                    weight,
                    budget,
                    templateHash,
                    ladder,
                    history,
                    machines,
                    foresight,
                    blocker,
                    closing);
        }
    }

    private static PoolView changed(PoolView pool, Consumer<Draft> change) {
        Draft draft = new Draft(pool);
        change.accept(draft);
        return draft.made();
    }

    static PoolView withLabels(PoolView pool, Set<String> labels) {
        return changed(pool, draft -> draft.labels = labels);
    }

    static PoolView withSize(PoolView pool, int min, int max, @Nullable String scheduleNote) {
        return changed(pool, draft -> {
            draft.min = min;
            draft.max = max;
            draft.scheduleNote = scheduleNote;
        });
    }

    static PoolView withMaximum(PoolView pool, int max, String maxNote) {
        return changed(pool, draft -> {
            draft.min = Math.min(draft.min, max);
            draft.max = max;
            draft.maxNote = maxNote;
        });
    }

    static PoolView withShape(
            PoolView pool, boolean exclusive, int slots, Duration idleTimeout, int priority, int weight) {
        return changed(pool, draft -> {
            draft.exclusive = exclusive;
            draft.slotsPerWorker = slots;
            draft.idleTimeout = idleTimeout;
            draft.priority = priority;
            draft.weight = weight;
        });
    }

    static PoolView withBudget(PoolView pool, @Nullable Budget budget) {
        return changed(pool, draft -> draft.budget = budget);
    }

    static Budget budget(String currency, @Nullable Double soft, @Nullable Double hard) {
        return new Budget(
                currency,
                soft == null ? OptionalDouble.empty() : OptionalDouble.of(soft),
                hard == null ? OptionalDouble.empty() : OptionalDouble.of(hard));
    }

    static PoolView withTemplate(PoolView pool, String templateHash) {
        return changed(pool, draft -> draft.templateHash = templateHash);
    }

    static PoolView withOffering(PoolView pool, Offering offering) {
        List<Offering> ladder = new ArrayList<>(pool.ladder());
        ladder.add(offering);
        return withLadder(pool, ladder);
    }

    static PoolView withLadder(PoolView pool, List<Offering> ladder) {
        return changed(pool, draft -> draft.ladder = ladder);
    }

    static PoolView withHistory(PoolView pool, BootHistory history) {
        return changed(pool, draft -> draft.history = history);
    }

    static PoolView withMachines(PoolView pool, int machines) {
        return changed(pool, draft -> draft.machines = machines);
    }

    static PoolView withForesight(PoolView pool, Foresight foresight) {
        return changed(pool, draft -> draft.foresight = foresight);
    }

    static PoolView withBlocker(PoolView pool, @Nullable String blocker) {
        return changed(pool, draft -> draft.blocker = blocker);
    }

    static PoolView closing(PoolView pool) {
        return changed(pool, draft -> draft.closing = true);
    }
}
