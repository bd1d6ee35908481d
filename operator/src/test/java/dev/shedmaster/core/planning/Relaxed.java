package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.slot.Need;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The same fleet without one of its constraints. */
final class Relaxed {
    private Relaxed() {}

    static PoolView pool(FleetView view, String name) {
        return view.pools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static FleetView withJobs(FleetView view, List<QueuedJob> jobs) {
        return new FleetView(
                jobs,
                view.sources(),
                view.pools(),
                view.workers(),
                view.accounts(),
                view.hosts(),
                view.memory(),
                view.removalCandidates());
    }

    static FleetView withCandidates(FleetView view, Map<String, Instant> candidates) {
        return new FleetView(
                view.jobs(),
                view.sources(),
                view.pools(),
                view.workers(),
                view.accounts(),
                view.hosts(),
                view.memory(),
                candidates);
    }

    private static FleetView withAccounts(FleetView view, List<AccountView> accounts) {
        return new FleetView(
                view.jobs(),
                view.sources(),
                view.pools(),
                view.workers(),
                accounts,
                view.hosts(),
                view.memory(),
                view.removalCandidates());
    }

    private static FleetView withMemory(FleetView view, OfferingMemory memory) {
        return new FleetView(
                view.jobs(),
                view.sources(),
                view.pools(),
                view.workers(),
                view.accounts(),
                view.hosts(),
                memory,
                view.removalCandidates());
    }

    private static FleetView changing(FleetView view, String name, UnaryOperator<PoolView> change) {
        return new FleetView(
                view.jobs(),
                view.sources(),
                view.pools().stream()
                        .map(pool -> pool.name().equals(name) ? change.apply(pool) : pool)
                        .toList(),
                view.workers(),
                view.accounts(),
                view.hosts(),
                view.memory(),
                view.removalCandidates());
    }

    /** As if its source had just been read. */
    private static FleetView heard(FleetView view, String source) {
        Map<String, SourceView> sources = new HashMap<>(view.sources());
        SourceView known = sources.get(source);
        OutsideAgents outside = known == null ? OutsideAgents.NONE : known.outside();
        sources.put(source, new SourceView(source, FleetMaker.NOW, outside));
        return new FleetView(
                view.jobs(),
                sources,
                view.pools(),
                view.workers(),
                view.accounts(),
                view.hosts(),
                view.memory(),
                view.removalCandidates());
    }

    /** As if none of its workers had waited for too long. */
    private static FleetView inTime(FleetView view, String pool) {
        return new FleetView(
                view.jobs(),
                view.sources(),
                view.pools(),
                view.workers().stream()
                        .map(worker -> worker.pool().equals(pool) ? ScenarioWorld.waiting(worker, null) : worker)
                        .toList(),
                view.accounts(),
                view.hosts(),
                view.memory(),
                view.removalCandidates());
    }

    private static FleetView widening(FleetView view, String account, int workers, int vcpus) {
        return withAccounts(
                view,
                view.accounts().stream()
                        .map(known -> known.name().equals(account)
                                ? new AccountView(
                                        account,
                                        raised(known.maxWorkers(), workers),
                                        raised(known.maxVcpus(), vcpus),
                                        known.currency())
                                : known)
                        .toList());
    }

    /** With another host, which has all that the placement asks for. */
    private static FleetView withEmptyHost(FleetView view, String pool, String placement) {
        Need need = Objects.requireNonNull(pool(view, pool).making().needs().get(placement));
        List<HostView> hosts = new ArrayList<>(view.hosts());
        hosts.add(ScenarioHosts.fitting("ci/empty", need));
        Set<String> selected = new HashSet<>(need.hosts());
        selected.add("ci/empty");
        FleetView more = new FleetView(
                view.jobs(),
                view.sources(),
                view.pools(),
                view.workers(),
                view.accounts(),
                hosts,
                view.memory(),
                view.removalCandidates());
        return changing(
                more,
                pool,
                known -> ScenarioPools.withNeed(
                        known, placement, new Need(need.pool(), need.shape(), need.zone(), selected)));
    }

    private static OptionalInt raised(OptionalInt limit, int by) {
        return by == 0 || limit.isEmpty() ? limit : OptionalInt.of(limit.getAsInt() + by);
    }

    /** Each fleet that lacks the constraint; several where any of several would do. */
    static List<FleetView> without(Hold hold, FleetView view, String pool) {
        return switch (hold) {
            case Hold.Blocked blocked -> List.of(changing(view, pool, known -> ScenarioPools.withBlocker(known, null)));
            case Hold.AtMaximum full ->
                List.of(changing(
                        view,
                        pool,
                        known -> ScenarioPools.withSize(
                                known, known.size().min(), full.live() + full.failed() + full.leaving() + 1, null)));
            case Hold.BootFailures failures ->
                List.of(changing(view, pool, known -> ScenarioPools.withHistory(known, BootHistory.NONE)));
            case Hold.TrialRuns failures ->
                List.of(changing(view, pool, known -> ScenarioPools.withHistory(known, BootHistory.NONE)));
            case Hold.MachinesBeyondMaximum shown ->
                List.of(changing(view, pool, known -> ScenarioPools.withMachines(known, 0)));
            case Hold.NoOfferings none ->
                List.of(changing(
                        view,
                        pool,
                        known -> ScenarioPools.withOffering(
                                known, new Offering("p", "ci/new", "S", "f", null, CapacityType.ON_DEMAND, 1, 0))));
            case Hold.NothingFits nothing -> {
                List<FleetView> all = new ArrayList<>();
                nothing.perOffering().forEach(each -> all.addAll(without(each, view, pool)));
                yield all;
            }
            case Hold.Refused refused -> List.of(withMemory(view, OfferingMemory.EMPTY));
            case Hold.AccountWorkersFull full ->
                List.of(widening(view, full.account(), full.used() - full.limit() + 1, 0));
            case Hold.AccountVcpusFull full ->
                List.of(widening(view, full.account(), 0, full.used() - full.limit() + full.needed()));
            // Hosts that are passed over may be of no use either.
            case Hold.HostsFull full -> List.of(withEmptyHost(view, pool, full.placement()));
            case Hold.HostsUnfit unfit -> List.of(withEmptyHost(view, pool, unfit.placement()));
            case Hold.SourceStale stale -> List.of(heard(view, stale.source()));
            case Hold.Overdue overdue -> List.of(inTime(view, overdue.pool()));
            case Hold.HardBudget budget ->
                List.of(changing(view, pool, known -> ScenarioPools.withBudget(known, null)));
            case Hold.SoftBudget budget ->
                List.of(changing(view, pool, known -> ScenarioPools.withBudget(known, null)));
            case Hold.UnknownPrice unknown ->
                List.of(changing(view, pool, known -> ScenarioPools.withBudget(known, null)));
            case Hold.OtherCurrency other ->
                List.of(changing(view, pool, known -> ScenarioPools.withBudget(known, null)));
            default -> throw new AssertionError("no job waits for this: " + hold);
        };
    }

    /** Nothing limits what can be made. */
    static FleetView unlimited(FleetView view) {
        FleetView free = withMemory(withAccounts(view, List.of()), OfferingMemory.EMPTY);
        for (PoolView pool : view.pools()) {
            free = changing(
                    free,
                    pool.name(),
                    known -> ScenarioPools.withHistory(
                            ScenarioPools.withBlocker(
                                    ScenarioPools.withBudget(
                                            ScenarioPools.withOffering(
                                                    ScenarioPools.withSize(
                                                            known, known.size().min(), 1000, null),
                                                    new Offering("p", "ci/x", "S", "f", null, CapacityType.SPOT, 1, 0)),
                                            null),
                                    null),
                            BootHistory.NONE));
        }
        for (PoolView pool : view.pools()) {
            free = inTime(heard(free, pool.service().source()), pool.name());
        }
        return free;
    }
}
