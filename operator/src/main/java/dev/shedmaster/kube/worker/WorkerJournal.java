package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.CamelCase;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.Names;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells logs, metrics, people and the planner what a worker went through, after it was recorded. */
final class WorkerJournal {
    private static final Logger log = LoggerFactory.getLogger("dev.shedmaster.worker");

    /** The phases whose waits may become overdue. */
    private static final List<String> WAITS =
            List.of("Requested", "Booting", "Registering", "Idle", "Busy", "Draining", "Deleting", "Gone");

    private final BootHistories histories;
    private final FleetMemory memory;
    private final EventRecorder events;
    private final MeterRegistry meters;
    private final Runnable planSoon;
    private final InstantSource clock;

    /** Pools whose overdue waits are counted, from none on: what begins at one has not risen, for who watches. */
    private final Set<String> counted = ConcurrentHashMap.newKeySet();

    /** Of which waits it was told that they are overdue: by worker, since when it waits. */
    private final Map<String, Instant> overdue = new ConcurrentHashMap<>();

    WorkerJournal(
            BootHistories histories,
            FleetMemory memory,
            EventRecorder events,
            MeterRegistry meters,
            Runnable planSoon,
            InstantSource clock) {
        this.histories = histories;
        this.memory = memory;
        this.events = events;
        this.meters = meters;
        this.planSoon = planSoon;
        this.clock = clock;
    }

    /** @param before what was recorded when the worker was looked at */
    void passed(Worker worker, WorkerLife before, WorkerLife life, List<WorkerState> states) {
        if (counted.add(WorkerSurroundings.pool(worker))) {
            WAITS.forEach(wait -> overdue(WorkerSurroundings.pool(worker), wait).increment(0));
        }
        if (before.isStarting() && states.stream().anyMatch(WorkerJournal::isConnected)) {
            started(worker, life);
        }
        if (before.state() instanceof WorkerState.Booting && states.stream().anyMatch(WorkerJournal::runs)) {
            memory.had(before.offering(), before.since());
        }
        for (WorkerState state : states) {
            entered(worker, state);
        }
        if (!states.isEmpty()) {
            planSoon.run();
        } else if (!life.state().work().equals(before.state().work())) {
            tell(worker, life.state());
        }
    }

    /** A wait that must not be given up takes longer than it should: told once, however often it is looked at. */
    void overdue(Worker worker, WorkerLife life) {
        if (life.since().equals(overdue.put(Names.of(worker), life.since()))) {
            return;
        }
        overdue(WorkerSurroundings.pool(worker), waitOf(life.state())).increment();
        events.warning(worker, "Watch", "Overdue", life.state().waitsFor());
        log.atWarn()
                .addKeyValue("worker", Names.of(worker))
                .addKeyValue("pool", WorkerSurroundings.pool(worker))
                .log(
                        "Worker has been in phase {} since {}: {}",
                        life.state().phase(),
                        life.since(),
                        life.state().waitsFor());
    }

    /** The next offering waits for the same as the first. */
    private static String waitOf(WorkerState state) {
        return state.isAsking() ? new WorkerState.Requested().phase() : state.phase();
    }

    private Counter overdue(String pool, String wait) {
        return meters.counter("shedmaster.worker.overdue", "pool", pool, "phase", wait);
    }

    /**
     * The worker is no more.
     *
     * @param leavesAgent whether its registration stays at a CI system whose object is gone
     */
    void forgotten(Worker worker, boolean leavesAgent) {
        overdue.remove(Names.of(worker));
        if (leavesAgent) {
            String source = WorkerSurroundings.source(worker).orElse("its CI system");
            String left = "its registration stays at " + source
                    + ", whose object is gone: take it away there, or apply the object again, and it is collected";
            events.warning(worker, "Leave", "RegistrationLeft", left);
            log.atWarn().addKeyValue("worker", Names.of(worker)).log("Forgotten: {}", left);
        }
    }

    private void entered(Worker worker, WorkerState state) {
        String pool = WorkerSurroundings.pool(worker);
        meters.counter("shedmaster.worker.transitions", "pool", pool, "phase", state.phase())
                .increment();
        tell(worker, state);
        switch (state) {
            case WorkerState.Failed failed -> failed(worker, pool, failed);
            case WorkerState.Lost lost -> events.warning(worker, "Watch", "Lost", lost.waitsFor());
            case WorkerState.Evicted evicted -> events.warning(worker, "Watch", "Evicted", evicted.waitsFor());
            default -> {}
        }
    }

    private static void tell(Worker worker, WorkerState state) {
        log.atInfo()
                .addKeyValue("worker", Names.of(worker))
                .addKeyValue("pool", WorkerSurroundings.pool(worker))
                .addKeyValue(
                        "jobs",
                        state.work().jobs().stream()
                                .map(running -> running.job().name())
                                .collect(Collectors.joining(", ")))
                .log("{}: {}", state.phase(), state.waitsFor());
    }

    private static boolean runs(WorkerState state) {
        return state instanceof WorkerState.Registering || isConnected(state);
    }

    private static boolean isConnected(WorkerState state) {
        return state instanceof WorkerState.Idle || state instanceof WorkerState.Busy;
    }

    /** Only the first connection shows that the pool's machines still come up: later ones are of machines made long ago. */
    private void started(Worker worker, WorkerLife life) {
        String pool = WorkerSurroundings.pool(worker);
        histories.connected(pool, worker.getSpec().templateHash());
        Timer.builder("shedmaster.worker.start")
                .description("From the wish for a worker until its agent is connected")
                .tag("pool", pool)
                .register(meters)
                .record(Duration.between(life.bornAt(), clock.instant()));
    }

    private void failed(Worker worker, String pool, WorkerState.Failed failed) {
        Instant now = clock.instant();
        meters.counter("shedmaster.worker.failures", "pool", pool, "kind", CamelCase.of(failed.kind()))
                .increment();
        if (failed.kind().countsAgainstPool()) {
            histories.failed(pool, worker.getSpec().templateHash(), failed.waitsFor(), now);
        }
        events.warning(worker, "Start", CamelCase.of(failed.kind()), failed.waitsFor());
    }
}
