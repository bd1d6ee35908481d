package dev.shedmaster.kube.pool;

import dev.shedmaster.api.v1alpha1.BudgetLimit;
import dev.shedmaster.api.v1alpha1.JenkinsBinding;
import dev.shedmaster.api.v1alpha1.JenkinsNodeMode;
import dev.shedmaster.api.v1alpha1.Scaling;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.planning.BootHistory;
import dev.shedmaster.core.planning.Budget;
import dev.shedmaster.core.planning.Foresight;
import dev.shedmaster.core.planning.PoolView;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.kube.host.HostCard;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows pools to the planner. */
public final class PoolViews {
    private final BlueprintBook blueprints;
    private final Supplier<Collection<HostCard>> hosts;
    private final ScheduleTimes scheduleTimes = new ScheduleTimes();

    /** @param hosts those that there are */
    public PoolViews(BlueprintBook blueprints, Supplier<Collection<HostCard>> hosts) {
        this.blueprints = blueprints;
        this.hosts = hosts;
    }

    /**
     * The pool as its owner wants it now.
     *
     * @param machines how many of it its accounts show, see {@link PoolView.State#machines}
     * @param trouble why nothing can be made for it although its blueprint is fine (a connection that fails), or null
     */
    public PoolView view(WorkerPool pool, BootHistory history, int machines, @Nullable String trouble, Instant now) {
        String name = Names.of(pool);
        PoolBlueprint blueprint = blueprints.find(name).orElse(null);
        Scaling scaling = pool.getSpec().scaling();
        // Of a pool that cannot be read whole now, too: it keeps the workers that it should have at this hour.
        ScheduleWindow window = ScheduleWindow.at(scaling, now, scheduleTimes);
        JenkinsBinding jenkins = pool.getSpec().ci().jenkins();
        return new PoolView(
                name,
                new PoolView.Service(
                        jenkins == null ? "" : Names.of(pool, jenkins.serverRef()),
                        jenkins == null ? Set.of() : Set.copyOf(jenkins.labels()),
                        jenkins == null || jenkins.mode() == JenkinsNodeMode.EXCLUSIVE,
                        OwnerWishes.slotsPerWorker(pool)),
                new PoolView.Size(window.min(), window.max(), window.note(), window.maxNote(), idleTimeout(scaling)),
                new PoolView.Share(scaling.priority(), scaling.weight(), budget(scaling)),
                blueprint == null
                        ? new PoolView.Making(
                                "",
                                List.of(),
                                blueprints.problem(name).map(PortError::message).orElse(trouble))
                        : new PoolView.Making(
                                blueprint.templateHash(), blueprint.ladder(), needs(name, blueprint), trouble),
                new PoolView.State(
                        history, machines, Foresight.NONE, pool.getMetadata().getDeletionTimestamp() != null));
    }

    private Map<String, Need> needs(String pool, PoolBlueprint blueprint) {
        if (blueprint.hostNeeds().isEmpty()) {
            return Map.of();
        }
        Collection<HostCard> there = hosts.get();
        Map<String, Need> needs = new HashMap<>();
        blueprint.hostNeeds().forEach((placement, need) -> needs.put(placement, need.among(there, pool)));
        return needs;
    }

    /**
     * How long a worker may wait for a job. Keeping it for as long as a new one takes to boot costs at most twice what
     * foreknowledge would (the ski-rental bound, docs/sources.md); a user who values waiting more pays for longer.
     */
    static Duration idleTimeout(Scaling scaling) {
        if (scaling.idleTimeout() != null) {
            return Spans.duration(scaling.idleTimeout());
        }
        return switch (scaling.profile()) {
            case ECONOMY -> Duration.ofSeconds(80);
            case BALANCED -> Duration.ofMinutes(3);
            case FAST -> Duration.ofMinutes(8);
        };
    }

    private static @Nullable Budget budget(Scaling scaling) {
        BudgetLimit hour = scaling.budget() == null ? null : scaling.budget().hour();
        if (hour == null) {
            return null;
        }
        String some = hour.soft() == null ? hour.hard() : hour.soft();
        return some == null ? null : new Budget(Money.parse(some).currency(), amount(hour.soft()), amount(hour.hard()));
    }

    private static OptionalDouble amount(@Nullable String money) {
        return money == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Money.parse(money).amount());
    }
}
