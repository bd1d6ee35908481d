package dev.shedmaster.suite.run;

import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.UnmatchedLabel;
import dev.shedmaster.api.v1alpha1.WaitingJob;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.api.v1alpha1.WorkerPoolStatus;
import dev.shedmaster.lab.azure.admin.StateReport;
import dev.shedmaster.lab.demand.DemandDriver;
import dev.shedmaster.lab.jenkins.controller.QueueItem;
import dev.shedmaster.lab.jenkins.controller.Views.ComputerView;
import dev.shedmaster.lab.jenkins.controller.Views.ItemView;
import dev.shedmaster.lab.jenkins.controller.WorkRecord;
import dev.shedmaster.suite.run.NightState.DecisionRow;
import dev.shedmaster.suite.run.NightState.PoolRow;
import dev.shedmaster.suite.run.NightState.QueuedLabel;
import dev.shedmaster.suite.run.NightState.WaitingRow;
import dev.shedmaster.suite.world.World;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the whole: at the cluster as {@code kubectl} would, and at the lab from the inside. */
final class NightWatch {
    /** The operator's own node in Jenkins, which stays. */
    private static final String ANCHOR = "shedmaster-anchor";

    private static final String ANY = "(any)";

    private final World world;
    private final NightClock night;
    private final InstantSource clock;
    private final int builds;
    private final HostWatch hosts;
    private boolean unmatchedReported;

    NightWatch(World world, NightClock night, InstantSource clock, int builds) {
        this.world = world;
        this.night = night;
        this.clock = clock;
        this.builds = builds;
        this.hosts = new HostWatch(world);
    }

    NightState look(DemandDriver.Progress jobs) {
        Instant now = clock.instant();
        List<WorkerPool> pools = list(WorkerPool.class);
        List<Worker> workers = list(Worker.class);
        Map<Boolean, List<UnmatchedLabel>> unmatched =
                unmatched().collect(Collectors.partitioningBy(label -> UnservedJob.isOf(label.label())));
        List<UnmatchedLabel> onPurpose = unmatched.getOrDefault(true, List.of());
        List<UnmatchedLabel> faults = unmatched.getOrDefault(false, List.of());
        unmatchedReported |= !onPurpose.isEmpty();
        return new NightState(
                night.at(now),
                night.speed(),
                builds,
                jobs,
                queue(now),
                pools.stream().map(NightWatch::row).toList(),
                phases(workers),
                hosts.look(now),
                spent(),
                leftovers(workers.size()),
                Stream.of(unmatched(faults, now), waiting(pools, now), unmatched(onPurpose, now))
                        .flatMap(List::stream)
                        .toList(),
                queued(pools)
                        + Stream.concat(faults.stream(), onPurpose.stream())
                                .mapToInt(UnmatchedLabel::jobs)
                                .sum(),
                decisions(pools),
                unmatchedReported,
                Optional.empty());
    }

    private <T extends CustomResource<?, ?>> List<T> list(Class<T> kind) {
        return world.cluster()
                .client()
                .resources(kind)
                .inNamespace(World.NAMESPACE)
                .list()
                .getItems();
    }

    private List<QueuedLabel> queue(Instant now) {
        Map<String, List<Long>> since = new TreeMap<>();
        for (ItemView view : world.lab().jenkins().controller().queue()) {
            QueueItem item = view.item();
            if (item instanceof QueueItem.Buildable && !item.task().flyweight()) {
                String label = item.task().label();
                since.computeIfAbsent(label == null ? ANY : label, same -> new ArrayList<>())
                        .add(item.entry().record().buildableAt());
            }
        }
        return since.entrySet().stream()
                .map(entry -> new QueuedLabel(
                        entry.getKey(),
                        entry.getValue().size(),
                        inTheNight(
                                Instant.ofEpochMilli(entry.getValue().stream()
                                        .mapToLong(Long::longValue)
                                        .min()
                                        .orElseThrow()),
                                now)))
                .toList();
    }

    private Duration inTheNight(Instant since, Instant now) {
        return night.inTheNight(Duration.between(since, now));
    }

    private static WorkerPoolStatus status(WorkerPool pool) {
        return pool.getStatus() == null ? WorkerPoolStatus.initial() : pool.getStatus();
    }

    private static PoolRow row(WorkerPool pool) {
        WorkerPoolStatus status = status(pool);
        String ready = status.conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .map(condition -> Words.capitalised(condition.status().name()))
                .findFirst()
                .orElse("");
        return new PoolRow(
                pool.getMetadata().getName(),
                ready,
                status.queued(),
                status.idle(),
                status.busy(),
                status.booting(),
                status.desired(),
                pool.getSpec().scaling().max(),
                status.reason());
    }

    private static Map<String, Integer> phases(List<Worker> workers) {
        Map<WorkerPhase, Integer> counts = new EnumMap<>(WorkerPhase.class);
        workers.forEach(worker -> counts.merge(
                worker.getStatus() == null
                        ? WorkerPhase.REQUESTED
                        : worker.getStatus().phase(),
                1,
                Integer::sum));
        Map<String, Integer> named = new LinkedHashMap<>();
        counts.forEach((phase, count) -> named.put(Words.capitalised(phase.name()), count));
        return named;
    }

    private List<WaitingRow> waiting(List<WorkerPool> pools, Instant now) {
        List<WaitingRow> rows = new ArrayList<>();
        for (WorkerPool pool : pools) {
            for (WaitingJob job : status(pool).waiting()) {
                rows.add(new WaitingRow(job.job(), 1, inTheNight(job.since(), now), job.why()));
            }
        }
        rows.sort(Comparator.comparing(WaitingRow::waits).reversed());
        return rows;
    }

    /** Each job is counted at one pool, however many could serve it. */
    private static int queued(List<WorkerPool> pools) {
        return pools.stream().mapToInt(pool -> status(pool).queued()).sum();
    }

    private Stream<UnmatchedLabel> unmatched() {
        return list(JenkinsServer.class).stream()
                .map(JenkinsServer::getStatus)
                .filter(Objects::nonNull)
                .flatMap(status -> status.unmatched().stream());
    }

    /** What no pool serves. */
    private List<WaitingRow> unmatched(List<UnmatchedLabel> labels, Instant now) {
        return labels.stream()
                .map(label -> new WaitingRow(
                        label.jobs() + " × " + label.label(),
                        label.jobs(),
                        inTheNight(label.since(), now),
                        UnservedJob.mark(label.label()) + label.why()))
                .toList();
    }

    private List<DecisionRow> decisions(List<WorkerPool> pools) {
        return pools.stream()
                .flatMap(pool -> status(pool).decisions().stream()
                        .map(decision -> new DecisionRow(
                                night.at(decision.time()), pool.getMetadata().getName(), decision.text())))
                .sorted(Comparator.comparing(DecisionRow::at).reversed())
                .toList();
    }

    Spent spent() {
        StateReport.Totals totals = world.lab().azure().report().totals();
        return new Spent(totals.machinesEver(), totals.machines(), totals.billedSeconds() / 3600.0, totals.dollars());
    }

    Leftovers leftovers() {
        return leftovers(list(Worker.class).size());
    }

    private Leftovers leftovers(int workers) {
        StateReport.Totals totals = world.lab().azure().report().totals();
        return new Leftovers(
                totals.machines(),
                totals.nics(),
                totals.disks(),
                totals.publicIps(),
                hosts.unitsLeft(),
                nodes(),
                workers);
    }

    private int nodes() {
        return (int) world.lab().jenkins().controller().nodes().all().computers().stream()
                .filter(computer -> !computer.builtIn() && !computer.name().equals(ANCHOR))
                .filter(computer -> !computer.deleted())
                .map(ComputerView::name)
                .count();
    }

    /** How long each piece of work waited that has begun. */
    Waits waits() {
        return Waits.of(world.lab().jenkins().controller().lab().work().stream()
                .filter(work -> work.startedAt() > 0 && work.buildableAt() > 0 && isOnAnExecutor(work))
                .map(work -> Duration.ofMillis(work.startedAt() - work.buildableAt()))
                .toList());
    }

    private static boolean isOnAnExecutor(WorkRecord work) {
        return !work.task().flyweight();
    }
}
