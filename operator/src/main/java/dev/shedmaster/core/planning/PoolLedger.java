package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pool's books within one plan: what it has, what it is given, what is kept from it. */
final class PoolLedger {
    /** What a worker is made for; in this order needs are met. */
    enum Need {
        MINIMUM,
        JOBS,
        AHEAD
    }

    private final PoolView view;
    private final int index;
    private final Hearing hearing;
    private final HostBooks hosts;
    private final Unregistered unregistered;

    private int idle;
    private int busy;
    private int coming;
    private int leaving;
    private int failed;
    private int freeSlots;
    private int busyFreeSlots;
    private int comingSlots;
    private long costMicros;
    private boolean asking;
    private int overdue;
    private @Nullable String overdueFor;
    private @Nullable Instant lastLeft;

    /** Idle workers of the pool's template. */
    private final List<WorkerView> current = new ArrayList<>();

    /** Idle workers of a former template or on a host that drains: they are replaced, no job is left to wait for them. */
    private final List<WorkerView> outdated = new ArrayList<>();

    private final List<WorkerView> kept = new ArrayList<>();
    private final List<WorkerView> busyOnes = new ArrayList<>();
    private final List<WorkerView> comingOnes = new ArrayList<>();

    /** Slots of coming workers that were registered with labels which are no longer the pool's, by these labels. */
    private final Map<Set<String>, Integer> formerSlots = new HashMap<>();

    private final List<Grant> grants = new ArrayList<>();
    private final Map<Need, Integer> granted = new EnumMap<>(Need.class);
    private final Map<Need, Integer> denied = new EnumMap<>(Need.class);
    private @Nullable Hold limit;

    /** A worker that the plan makes. {@code against} is what a trial tries; null if it is none. */
    record Grant(Need need, Offering offering, @Nullable Hold against) {}

    /** @param hearing of its source */
    PoolLedger(PoolView view, int index, Hearing hearing, HostBooks hosts) {
        this.view = view;
        this.index = index;
        this.hearing = hearing;
        this.hosts = hosts;
        this.unregistered = new Unregistered(hearing == Hearing.SILENT);
    }

    void count(WorkerView worker) {
        costMicros += micros(worker.offering());
        asking |= worker.stage() == Stage.REQUESTED;
        tellIfOverdue(worker);
        if (!unregistered.takes(worker)) {
            countAsItIs(worker);
        }
    }

    /** That none is left uncounted: after the last worker. */
    void allAreCounted() {
        unregistered.areAllTaken();
        leaving += unregistered.withdrawn().size();
        WorkerView trial = unregistered.trial();
        if (trial != null) {
            countAsItIs(trial);
        }
    }

    private void tellIfOverdue(WorkerView worker) {
        if (worker.overdue() != null) {
            overdue++;
            // Any will do, but always the same one, and rather one that has an answer to tell of.
            String why = worker.overdue().why();
            overdueFor = overdueFor == null || why.compareTo(overdueFor) > 0 ? why : overdueFor;
        }
    }

    private void countAsItIs(WorkerView worker) {
        int free = Math.max(0, worker.slots() - worker.busySlots());
        switch (worker.stage()) {
            case REQUESTED, STARTING -> {
                coming++;
                comingOnes.add(worker);
                Set<String> labels = labels(worker);
                if (labels.equals(view.service().labels())) {
                    comingSlots += free;
                } else {
                    formerSlots.merge(labels, free, Integer::sum);
                }
            }
            case IDLE -> {
                idle++;
                if (isAsWanted(worker)) {
                    freeSlots += free;
                    current.add(worker);
                } else {
                    outdated.add(worker);
                }
            }
            case BUSY -> {
                busy++;
                busyOnes.add(worker);
                // One of a former template may have other labels and fewer executors than the pool's are now.
                if (isAsWanted(worker)) {
                    freeSlots += free;
                    busyFreeSlots += free;
                }
            }
            case DRAINING, DELETING -> {
                leaving++;
                lastLeft = lastLeft == null || worker.stageSince().isAfter(lastLeft) ? worker.stageSince() : lastLeft;
            }
            case FAILED -> {
                failed++;
                kept.add(worker);
            }
        }
    }

    /** Whether machines of its workers are still to be asked for, for which its source has to register them. */
    boolean isAsking() {
        return asking;
    }

    /** That its source answers and does not register its workers; null if it does, as far as is known. */
    Hold.@Nullable Overdue turnedAway() {
        WorkerView trial = unregistered.trial();
        return trial == null || trial.overdue() == null
                ? null
                : new Hold.Overdue(
                        view.name(), 1 + withdrawn().size(), trial.overdue().why());
    }

    /** While nothing can be made for the pool, what it would be made from says nothing: it keeps what it has. */
    private boolean isAsWanted(WorkerView worker) {
        return hosts.draining(worker) == null
                && (view.making().blocker() != null
                        || worker.templateHash().equals(view.making().templateHash()));
    }

    /** A CI system may add labels of its own: what was made from the pool's present template has the pool's. */
    private Set<String> labels(WorkerView worker) {
        Set<String> own = worker.labels();
        return own == null || worker.templateHash().equals(view.making().templateHash())
                ? view.service().labels()
                : own;
    }

    /** Prices are added as whole millionths, so that the sum does not depend on the order. */
    static long micros(Offering offering) {
        return Math.round(offering.hourlyPrice() * 1e6);
    }

    void grant(Need need, Offering offering, @Nullable Hold against) {
        grants.add(new Grant(need, offering, against));
        granted.merge(need, 1, Integer::sum);
        costMicros += micros(offering);
    }

    void deny(Need need, int workers, Hold why) {
        denied.merge(need, workers, Integer::sum);
        limit = limit == null ? why : limit;
    }

    PoolView view() {
        return view;
    }

    int index() {
        return index;
    }

    /** Whether its source's reading is too old to be believed, or was never made. */
    boolean stale() {
        return hearing != Hearing.FRESH;
    }

    /** Whether that is because it does not answer. */
    boolean silent() {
        return hearing == Hearing.SILENT;
    }

    int idle() {
        return idle;
    }

    int busy() {
        return busy;
    }

    int coming() {
        return coming;
    }

    int leaving() {
        return leaving;
    }

    int failed() {
        return failed;
    }

    /** Workers that work or are going to. */
    int live() {
        return idle + busy + coming;
    }

    /** Live workers that do not have to be replaced now. */
    int lasting() {
        return live() - outdated.size();
    }

    /** Everything that there is, whatever its stage: it has a machine. */
    int workers() {
        return live() + leaving + failed;
    }

    /** Slots that a job can have at once; none in a closing pool. */
    int freeSlots() {
        return view.state().closing() ? 0 : freeSlots;
    }

    /** Of these, the slots of workers that also run something. */
    int busyFreeSlots() {
        return busyFreeSlots;
    }

    /** Slots of workers on their way up, but for those of {@link #formerSlots}. */
    int comingSlots() {
        return view.state().closing() ? 0 : comingSlots;
    }

    /** Slots of workers on their way up with former labels of the pool's, by these. */
    Map<Set<String>, Integer> formerSlots() {
        return view.state().closing() ? Map.of() : formerSlots;
    }

    /** Slots that there are, are coming, or are made by this plan, for whoever asks for the pool's labels. */
    int slots() {
        return freeSlots() + comingSlots() + grants.size() * view.service().slotsPerWorker();
    }

    long costMicros() {
        return costMicros;
    }

    @Nullable
    Instant lastLeft() {
        return lastLeft;
    }

    List<WorkerView> current() {
        return current;
    }

    List<WorkerView> outdated() {
        return outdated;
    }

    /** Failed workers that are kept for a person. */
    List<WorkerView> kept() {
        return kept;
    }

    List<WorkerView> busyOnes() {
        return busyOnes;
    }

    List<WorkerView> comingOnes() {
        return comingOnes;
    }

    /** Workers without a machine that go, as their source does not register them: jobs that still wait then get others. */
    List<WorkerView> withdrawn() {
        return unregistered.withdrawn();
    }

    List<Grant> grants() {
        return grants;
    }

    int granted(Need need) {
        return granted.getOrDefault(need, 0);
    }

    int denied(Need need) {
        return denied.getOrDefault(need, 0);
    }

    boolean wants(Need need) {
        return granted(need) + denied(need) > 0;
    }

    /** What kept the first of the denied workers from being made; null if none was denied. */
    @Nullable
    Hold limit() {
        return limit;
    }

    /** What workers that are late wait for; null if none is. */
    Hold.@Nullable Overdue overdue() {
        return overdueFor == null ? null : new Hold.Overdue(view.name(), overdue, overdueFor);
    }

    int workersFor(int slots) {
        return Math.ceilDiv(Math.max(0, slots), view.service().slotsPerWorker());
    }
}
