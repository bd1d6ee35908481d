package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.status.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * That a machine was accepted is written down a moment later while other workers still wait for theirs to be asked for: the
 * API server's time is theirs first. A crash meanwhile costs nothing, as the machine is found again by its name.
 */
final class OwedRecords {
    /** However many wait, people see so soon that a machine boots, which takes some 40 s. */
    static final Duration LONGEST = Duration.ofSeconds(15);

    /** When a record that was put off is thought of again. Sooner would cost the looks that putting it off saves. */
    static final Duration AGAIN = Duration.ofSeconds(4);

    private record Owed(WorkerLife life, Instant since) {}

    private final BooleanSupplier othersWait;
    private final Map<String, Owed> owed = new ConcurrentHashMap<>();

    /** @param othersWait whether workers wait to be written down or looked at */
    OwedRecords(BooleanSupplier othersWait) {
        this.othersWait = othersWait;
    }

    /** What is known of the worker and not yet written down. */
    Optional<WorkerLife> life(Worker worker) {
        return Optional.ofNullable(owed.get(Names.of(worker))).map(Owed::life);
    }

    /** Keeps what is to be written, if that may wait. Returns whether it does. */
    boolean putOff(Worker worker, WorkerLife life, Instant now) {
        if (!(life.state() instanceof WorkerState.Booting) || !othersWait.getAsBoolean()) {
            return false;
        }
        Instant since = owed.computeIfAbsent(Names.of(worker), name -> new Owed(life, now)).since;
        return now.isBefore(since.plus(LONGEST));
    }

    void written(Worker worker) {
        owed.remove(Names.of(worker));
    }
}
