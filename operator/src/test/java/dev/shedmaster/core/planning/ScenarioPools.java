package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.planning.PoolView.Making;
import dev.shedmaster.core.planning.PoolView.Service;
import dev.shedmaster.core.planning.PoolView.Share;
import dev.shedmaster.core.planning.PoolView.Size;
import dev.shedmaster.core.planning.PoolView.State;
import dev.shedmaster.core.slot.Need;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes pools in tests, and changes one thing of them at a time. */
final class ScenarioPools {
    private ScenarioPools() {}

    static PoolView plain(String name, String source, Set<String> labels, int min, int max, Offering... ladder) {
        return new PoolView(
                name,
                new Service(source, labels, false, 1),
                new Size(min, max, Duration.ofMinutes(5)),
                new Share(100, 1, null),
                new Making("t1", List.of(ladder), null),
                State.NEW);
    }

    private static PoolView with(PoolView pool, Service service) {
        return new PoolView(pool.name(), service, pool.size(), pool.share(), pool.making(), pool.state());
    }

    private static PoolView with(PoolView pool, Size size) {
        return new PoolView(pool.name(), pool.service(), size, pool.share(), pool.making(), pool.state());
    }

    private static PoolView with(PoolView pool, Share share) {
        return new PoolView(pool.name(), pool.service(), pool.size(), share, pool.making(), pool.state());
    }

    private static PoolView with(PoolView pool, Making making) {
        return new PoolView(pool.name(), pool.service(), pool.size(), pool.share(), making, pool.state());
    }

    private static PoolView with(PoolView pool, State state) {
        return new PoolView(pool.name(), pool.service(), pool.size(), pool.share(), pool.making(), state);
    }

    static PoolView withLabels(PoolView pool, Set<String> labels) {
        Service of = pool.service();
        return with(pool, new Service(of.source(), labels, of.exclusive(), of.slotsPerWorker()));
    }

    static PoolView withSize(PoolView pool, int min, int max, @Nullable String minNote) {
        Size of = pool.size();
        return with(pool, new Size(min, max, minNote, of.maxNote(), of.idleTimeout()));
    }

    static PoolView withMaximum(PoolView pool, int max, String maxNote) {
        Size of = pool.size();
        return with(pool, new Size(Math.min(of.min(), max), max, of.minNote(), maxNote, of.idleTimeout()));
    }

    static PoolView withShape(
            PoolView pool, boolean exclusive, int slots, Duration idleTimeout, int priority, int weight) {
        Service service = pool.service();
        Size size = pool.size();
        return new PoolView(
                pool.name(),
                new Service(service.source(), service.labels(), exclusive, slots),
                new Size(size.min(), size.max(), size.minNote(), size.maxNote(), idleTimeout),
                new Share(priority, weight, pool.share().budget()),
                pool.making(),
                pool.state());
    }

    static PoolView withBudget(PoolView pool, @Nullable Budget budget) {
        Share of = pool.share();
        return with(pool, new Share(of.priority(), of.weight(), budget));
    }

    static Budget budget(String currency, @Nullable Double soft, @Nullable Double hard) {
        return new Budget(
                currency,
                soft == null ? OptionalDouble.empty() : OptionalDouble.of(soft),
                hard == null ? OptionalDouble.empty() : OptionalDouble.of(hard));
    }

    static PoolView withTemplate(PoolView pool, String templateHash) {
        Making of = pool.making();
        return with(pool, new Making(templateHash, of.ladder(), of.needs(), of.blocker()));
    }

    static PoolView withOffering(PoolView pool, Offering offering) {
        List<Offering> ladder = new ArrayList<>(pool.making().ladder());
        ladder.add(offering);
        return withLadder(pool, ladder);
    }

    static PoolView withLadder(PoolView pool, List<Offering> ladder) {
        Making of = pool.making();
        return with(pool, new Making(of.templateHash(), ladder, of.needs(), of.blocker()));
    }

    /** Changes what a placement needs of hosts, or adds what one does that is still to come. */
    static PoolView withNeed(PoolView pool, String placement, Need need) {
        Making of = pool.making();
        Map<String, Need> needs = new HashMap<>(of.needs());
        needs.put(placement, need);
        return with(pool, new Making(of.templateHash(), of.ladder(), needs, of.blocker()));
    }

    static PoolView withBlocker(PoolView pool, @Nullable String blocker) {
        Making of = pool.making();
        return with(pool, new Making(of.templateHash(), of.ladder(), of.needs(), blocker));
    }

    static PoolView withHistory(PoolView pool, BootHistory history) {
        State of = pool.state();
        return with(pool, new State(history, of.machines(), of.foresight(), of.closing()));
    }

    static PoolView withMachines(PoolView pool, int machines) {
        State of = pool.state();
        return with(pool, new State(of.history(), machines, of.foresight(), of.closing()));
    }

    static PoolView withForesight(PoolView pool, Foresight foresight) {
        State of = pool.state();
        return with(pool, new State(of.history(), of.machines(), foresight, of.closing()));
    }

    static PoolView closing(PoolView pool) {
        State of = pool.state();
        return with(pool, new State(of.history(), of.machines(), of.foresight(), true));
    }
}
