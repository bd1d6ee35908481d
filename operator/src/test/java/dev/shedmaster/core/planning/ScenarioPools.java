package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
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
                Duration.ofMinutes(5),
                100,
                1,
                null,
                "t1",
                List.of(ladder),
                BootHistory.NONE,
                Foresight.NONE,
                null,
                false);
    }

    static PoolView withSize(PoolView pool, int min, int max, @Nullable String scheduleNote) {
        return new PoolView(
                pool.name(),
                pool.source(),
                pool.labels(),
                pool.exclusive(),
                pool.slotsPerWorker(),
                min,
                max,
                scheduleNote,
                pool.idleTimeout(),
                pool.priority(),
                pool.weight(),
                pool.budget(),
                pool.templateHash(),
                pool.ladder(),
                pool.history(),
                pool.foresight(),
                pool.blocker(),
                pool.closing());
    }

    static PoolView withShape(
            PoolView pool, boolean exclusive, int slots, Duration idleTimeout, int priority, int weight) {
        return new PoolView(
                pool.name(),
                pool.source(),
                pool.labels(),
                exclusive,
                slots,
                pool.min(),
                pool.max(),
                pool.scheduleNote(),
                idleTimeout,
                priority,
                weight,
                pool.budget(),
                pool.templateHash(),
                pool.ladder(),
                pool.history(),
                pool.foresight(),
                pool.blocker(),
                pool.closing());
    }

    static PoolView withBudget(PoolView pool, @Nullable Budget budget) {
        return new PoolView(
                pool.name(),
                pool.source(),
                pool.labels(),
                pool.exclusive(),
                pool.slotsPerWorker(),
                pool.min(),
                pool.max(),
                pool.scheduleNote(),
                pool.idleTimeout(),
                pool.priority(),
                pool.weight(),
                budget,
                pool.templateHash(),
                pool.ladder(),
                pool.history(),
                pool.foresight(),
                pool.blocker(),
                pool.closing());
    }

    static Budget budget(String currency, @Nullable Double soft, @Nullable Double hard) {
        return new Budget(
                currency,
                soft == null ? OptionalDouble.empty() : OptionalDouble.of(soft),
                hard == null ? OptionalDouble.empty() : OptionalDouble.of(hard));
    }

    static PoolView withTemplate(PoolView pool, String templateHash) {
        return new PoolView(
                pool.name(),
                pool.source(),
                pool.labels(),
                pool.exclusive(),
                pool.slotsPerWorker(),
                pool.min(),
                pool.max(),
                pool.scheduleNote(),
                pool.idleTimeout(),
                pool.priority(),
                pool.weight(),
                pool.budget(),
                templateHash,
                pool.ladder(),
                pool.history(),
                pool.foresight(),
                pool.blocker(),
                pool.closing());
    }

    static PoolView withOffering(PoolView pool, Offering offering) {
        List<Offering> ladder = new ArrayList<>(pool.ladder());
        ladder.add(offering);
        return withLadder(pool, ladder);
    }

    static PoolView withLadder(PoolView pool, List<Offering> ladder) {
        return new PoolView(
                pool.name(),
                pool.source(),
                pool.labels(),
                pool.exclusive(),
                pool.slotsPerWorker(),
                pool.min(),
                pool.max(),
                pool.scheduleNote(),
                pool.idleTimeout(),
                pool.priority(),
                pool.weight(),
                pool.budget(),
                pool.templateHash(),
                ladder,
                pool.history(),
                pool.foresight(),
                pool.blocker(),
                pool.closing());
    }

    static PoolView withHistory(PoolView pool, BootHistory history) {
        return new PoolView(
                pool.name(),
                pool.source(),
                pool.labels(),
                pool.exclusive(),
                pool.slotsPerWorker(),
                pool.min(),
                pool.max(),
                pool.scheduleNote(),
                pool.idleTimeout(),
                pool.priority(),
                pool.weight(),
                pool.budget(),
                pool.templateHash(),
                pool.ladder(),
                history,
                pool.foresight(),
                pool.blocker(),
                pool.closing());
    }

    static PoolView withForesight(PoolView pool, Foresight foresight) {
        return new PoolView(
                pool.name(),
                pool.source(),
                pool.labels(),
                pool.exclusive(),
                pool.slotsPerWorker(),
                pool.min(),
                pool.max(),
                pool.scheduleNote(),
                pool.idleTimeout(),
                pool.priority(),
                pool.weight(),
                pool.budget(),
                pool.templateHash(),
                pool.ladder(),
                pool.history(),
                foresight,
                pool.blocker(),
                pool.closing());
    }

    static PoolView withBlocker(PoolView pool, @Nullable String blocker) {
        return new PoolView(
                pool.name(),
                pool.source(),
                pool.labels(),
                pool.exclusive(),
                pool.slotsPerWorker(),
                pool.min(),
                pool.max(),
                pool.scheduleNote(),
                pool.idleTimeout(),
                pool.priority(),
                pool.weight(),
                pool.budget(),
                pool.templateHash(),
                pool.ladder(),
                pool.history(),
                pool.foresight(),
                blocker,
                pool.closing());
    }

    static PoolView closing(PoolView pool) {
        return new PoolView(
                pool.name(),
                pool.source(),
                pool.labels(),
                pool.exclusive(),
                pool.slotsPerWorker(),
                pool.min(),
                pool.max(),
                pool.scheduleNote(),
                pool.idleTimeout(),
                pool.priority(),
                pool.weight(),
                pool.budget(),
                pool.templateHash(),
                pool.ladder(),
                pool.history(),
                pool.foresight(),
                pool.blocker(),
                true);
    }
}
